import { datasetPath } from '../../lib/catalog/paths'
import { formatCount } from '../../lib/format'
import type { Overlap } from '../../lib/manifest/manifest'
import { PageLink } from '../ui/page-link'
import { WideTable } from './ledger-section'

const HEAD = 'border-b border-line py-1 pl-4 text-right font-normal'

/** The overlaps behind the matrix, most images first. */
export function OverlapTable({ overlaps }: { overlaps: readonly Overlap[] }) {
  const sorted = [...overlaps].sort((a, b) => b.imagesA + b.imagesB - a.imagesA - a.imagesB)
  const link = (name: string) => (
    <PageLink href={datasetPath(name)} className="hover:underline">
      {name}
    </PageLink>
  )
  return (
    <WideTable label="Overlaps as a table" always>
      <table data-testid="overlap-table" className="border-collapse">
        <thead className="text-[11px] text-muted">
          <tr>
            <th scope="col" className={`${HEAD} pl-0 text-left`}>
              dataset
            </th>
            <th scope="col" className={`${HEAD} text-left`}>
              and
            </th>
            <th scope="col" className={HEAD}>
              groups
            </th>
            <th scope="col" className={HEAD}>
              images of the first
            </th>
            <th scope="col" className={HEAD}>
              images of the second
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ a, b, groups, imagesA, imagesB }) => (
            <tr key={`${a} ${b}`} className="border-b border-line/50">
              <th scope="row" className="py-0.5 text-left font-normal">
                {link(a)}
              </th>
              <td className="pl-4">{a === b ? 'itself' : link(b)}</td>
              <td className="pl-4 text-right">{formatCount(groups)}</td>
              <td className="pl-4 text-right">{formatCount(imagesA)}</td>
              <td className="pl-4 text-right">{a === b ? '' : formatCount(imagesB)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  )
}
