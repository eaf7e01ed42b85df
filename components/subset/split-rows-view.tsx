import { formatCount } from '../../lib/format'
import { SPLIT_NAMES } from '../../lib/subset/recipe'
import type { SplitRow } from '../../lib/subset/split-report'
import { NameTable } from '../ui/name-table'

/** Patients and images of datasets or labels in each split, collapsed by default. */
export function SplitRowsView({ title, rows }: { title: string; rows: readonly SplitRow[] }) {
  if (rows.length === 0) return null
  return (
    <details className="mt-1">
      <summary className="cursor-pointer">
        {title} ({formatCount(rows.length)})
      </summary>
      <NameTable
        label={title}
        caption={<caption className="sr-only">{title}: patients and images</caption>}
        heads={['Name', ...SPLIT_NAMES.map(split => `${split}: patients (images)`)]}
        rows={rows.map(({ name, patients, images }) => ({
          name,
          cells: SPLIT_NAMES.map(
            (_, i) => `${formatCount(patients[i] ?? 0)} (${formatCount(images[i] ?? 0)})`,
          ),
        }))}
        scroll="max-h-80 overflow-auto"
      />
    </details>
  )
}
