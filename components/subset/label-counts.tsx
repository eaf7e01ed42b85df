import { formatCount } from '../../lib/format'
import { sampledText } from '../../lib/subset/sampled-text'
import { ScrollRegion } from '../ui/scroll-region'
import type { SubsetCounts } from './use-subset-counts'

const CELL = 'pr-6 text-right'

/** How many images and masks a subset has of each label, and of each organ if it is sampled by organ. */
export function LabelCounts({ counts: { cost, sampled } }: { counts: SubsetCounts }) {
  const available = new Map(
    sampled?.per === 'label' ? sampled.values.map(one => [one.value, one.available]) : [],
  )
  if (cost.labelCounts.length === 0) return null
  return (
    <div className="mt-3">
      {sampled && <p data-testid="sampled">{sampledText(sampled)}.</p>}
      {sampled?.per === 'organ' && (
        <CountTable
          title="Images per organ"
          heads={['Organ', 'Images', 'Available']}
          rows={sampled.values.map(one => [one.value, one.images, one.available])}
        />
      )}
      <CountTable
        title="Images per label"
        heads={['Label', 'Images', ...(available.size > 0 ? ['Available'] : []), 'Masks']}
        rows={cost.labelCounts.map(({ label, images, masks }) => [
          label,
          images,
          ...(available.size > 0 ? [available.get(label) ?? images] : []),
          masks,
        ])}
      />
    </div>
  )
}

function CountTable({
  title,
  heads,
  rows,
}: {
  title: string
  heads: readonly string[]
  rows: readonly (readonly [string, ...number[]])[]
}) {
  return (
    <details className="mt-1 text-[12px]">
      <summary className="font-semibold">{title}</summary>
      <ScrollRegion label={title} className="max-h-80 overflow-auto">
        <table className="border-collapse">
          <thead>
            <tr>
              {heads.map((head, i) => (
                <th
                  key={head}
                  scope="col"
                  className={`border-b border-line py-0.5 pr-6 ${i ? 'text-right' : 'text-left'}`}
                >
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...numbers]) => (
              <tr key={name}>
                <th scope="row" className="pr-6 text-left font-normal">
                  {name}
                </th>
                {numbers.map((n, i) => (
                  <td key={heads[i + 1]} className={CELL}>
                    {formatCount(n)}
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
