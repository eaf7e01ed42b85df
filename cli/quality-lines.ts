import { formatCount } from '../lib/format'
import type { QualityCount } from '../lib/manifest/manifest'
import { IMAGE_FLAGS, MASK_FLAGS } from '../lib/manifest/quality'

/**
 * Lines about the flags of a measured manifest: number of pictures with each flag, and the datasets with most of
 * them.
 */
export function qualityLines(quality: readonly QualityCount[]): string[] {
  const kinds = [
    { of: 'image', docs: IMAGE_FLAGS },
    { of: 'mask', docs: MASK_FLAGS },
  ] as const
  const rows = kinds.flatMap(({ of, docs }) =>
    Object.entries(docs).flatMap(([flag, doc]) => {
      const counts = quality.filter(row => row.of === of && row.flag === flag)
      const n = counts.reduce((sum, row) => sum + row.n, 0)
      return n === 0 ? [] : [{ n: formatCount(n), of, flag, doc, counts }]
    }),
  )
  if (rows.length === 0) return ['no picture is flagged']
  const width = Math.max(...rows.map(({ n }) => n.length))
  return [
    'flagged, each listed in the table quality:',
    ...rows.map(
      ({ n, of, flag, doc, counts }) =>
        `  ${n.padStart(width)}  ${of} ${flag}: ${doc} (${mostOf(counts)})`,
    ),
  ]
}

const SHOWN_DATASETS = 3

function mostOf(counts: readonly QualityCount[]): string {
  const sorted = [...counts].sort((a, b) => b.n - a.n)
  const shown = sorted.slice(0, SHOWN_DATASETS).map(row => `${row.dataset} ${formatCount(row.n)}`)
  const others = sorted.length - shown.length
  return [...shown, ...(others > 0 ? [`${others} more`] : [])].join(', ')
}
