import { formatCount } from '../../lib/format'
import { sampledText } from '../../lib/subset/sampled-text'
import { NameTable } from '../ui/name-table'
import type { SubsetCounts } from './use-subset-counts'

/** Images and masks of a subset by label, and by organ if it is sampled by organ. */
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
      <NameTable
        label={title}
        heads={heads}
        rows={rows.map(([name, ...numbers]) => ({ name, cells: numbers.map(formatCount) }))}
        scroll="max-h-80 overflow-auto"
      />
    </details>
  )
}
