import { formatCount } from '../../lib/format'
import { SPLIT_NAMES } from '../../lib/subset/recipe'
import type { SplitRow } from '../../lib/subset/split-report'
import { ScrollRegion } from '../ui/scroll-region'

/** Datasets or labels over the splits: patients and images of each, folded away. */
export function SplitRowsView({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  if (rows.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="cursor-pointer">
        {title} ({formatCount(rows.length)})
      </summary>
      <ScrollRegion label={title} className="max-h-80 overflow-auto">
        <table className="border-collapse text-[12px]">
          <caption className="sr-only">{title}: patients and images</caption>
          <thead>
            <tr>
              <th scope="col" className="border-b border-line py-0.5 pr-6 text-left">
                Name
              </th>
              {SPLIT_NAMES.map(split => (
                <th key={split} scope="col" className="border-b border-line py-0.5 pr-6 text-right">
                  {split}: patients (images)
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, patients, images }) => (
              <tr key={name}>
                <th scope="row" className="pr-6 text-left font-normal">
                  {name}
                </th>
                {SPLIT_NAMES.map((split, i) => (
                  <td key={split} className="pr-6 text-right">
                    {formatCount(patients[i] ?? 0)} ({formatCount(images[i] ?? 0)})
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </details>
  )
}
