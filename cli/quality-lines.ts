import { formatCount } from '../lib/format'
import type { Measured, QualityCount } from '../lib/manifest/manifest'
import { IMAGE_FLAGS, MASK_FLAGS, NOT_MEASURED } from '../lib/manifest/quality'

/**
 * Lines about the flags of a measured manifest: number of pictures with each flag, and the datasets with most of
 * them. Pictures that were not measured follow, counted apart.
 */
export const qualityLines = ({
  quality,
  notMeasured = [],
}: Pick<Measured, 'quality' | 'notMeasured'>): string[] => [
  ...countLines('flagged, each listed in the table quality:', quality, FLAGS_OF, [
    'no picture is flagged',
  ]),
  ...countLines(
    'not measured, which is no defect; a further run of measure tries these again:',
    notMeasured,
    REASONS_OF,
    [],
  ),
]

type Kinds = readonly {
  readonly of: 'image' | 'mask'
  readonly docs: Readonly<Record<string, string>>
}[]

const FLAGS_OF: Kinds = [
  { of: 'image', docs: IMAGE_FLAGS },
  { of: 'mask', docs: MASK_FLAGS },
]

const REASONS_OF: Kinds = [
  { of: 'image', docs: NOT_MEASURED },
  { of: 'mask', docs: NOT_MEASURED },
]

function countLines(
  title: string,
  quality: readonly QualityCount[],
  kinds: Kinds,
  ifNone: readonly string[],
): readonly string[] {
  const rows = kinds.flatMap(({ of, docs }) =>
    Object.entries(docs).flatMap(([flag, doc]) => {
      const counts = quality.filter(row => row.of === of && row.flag === flag)
      const n = counts.reduce((sum, row) => sum + row.n, 0)
      return n === 0 ? [] : [{ n: formatCount(n), of, flag, doc, counts }]
    }),
  )
  if (rows.length === 0) return ifNone
  const width = Math.max(...rows.map(({ n }) => n.length))
  return [
    title,
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
