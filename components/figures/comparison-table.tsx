import { agrees, type Comparison } from '../../lib/figures/figure'
import { ScrollRegion } from '../ui/scroll-region'

const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 2 })

/** The numbers of the paper beside those of the manifest. */
export function ComparisonTable({ rows, title }: { rows: readonly Comparison[]; title: string }) {
  return (
    <ScrollRegion label={`${title}, paper and manifest`} className="max-h-80 overflow-auto">
      <table className="w-full border-collapse text-[12px]">
        <thead className="sticky top-0 bg-background">
          <tr>
            {['', 'Unit', 'Published', 'Manifest', 'Difference', ''].map((head, i) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: two heads are empty
                key={i}
                scope="col"
                className={`border-b border-line py-1 pr-3 font-semibold ${i > 1 && i < 5 ? 'text-right' : 'text-left'}`}
              >
                {head || <span className="sr-only">{i === 0 ? 'Quantity' : 'Verdict'}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(row => (
            <tr key={`${row.what} ${row.unit}`} className="border-b border-line/50">
              <th scope="row" className="py-0.5 pr-3 text-left font-normal">
                {row.what}
              </th>
              <td className="pr-3 text-muted">{row.unit}</td>
              <td className="pr-3 text-right">
                {number(row.published)}
                {row.errorPct > 0 && (
                  <span className="text-muted">
                    {' '}
                    ± {number(Number(row.errorPct.toPrecision(2)))}%
                  </span>
                )}
              </td>
              <td className="pr-3 text-right">{number(row.manifest)}</td>
              <td className="pr-3 text-right">{number(row.manifest - row.published)}</td>
              <td>{agrees(row) ? 'agrees' : <strong className="text-wrong">differs</strong>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
