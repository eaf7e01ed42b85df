import { formatCount, formatShort } from '../format'
import { type FigureMaker, mergedNote, underFilter } from './figure'
import { figureBase, IMAGES_COLOR, INK, POWERS_OF_TEN, SHORT_AXIS } from './look'

/** Labels that are drawn with their names. */
const HEAD = 24

type LabelRank = {
  readonly rank: number
  readonly label: string
  readonly images: number
  readonly masks: number
}

/** Labels by number of masks: the most frequent ones by name, all of them by rank. */
export const labelDistribution: FigureMaker = input => {
  const rows = underFilter(input, 'label')
    .filter(row => row.masks > 0)
    .sort((a, b) => b.masks - a.masks || (a.value < b.value ? -1 : 1))
    .map(
      (row, i): LabelRank => ({
        rank: i + 1,
        label: row.value,
        images: row.images,
        masks: row.masks,
      }),
    )
  const total = rows.reduce((sum, row) => sum + row.masks, 0)
  const head = rows.slice(0, HEAD).map(row => ({ ...row, text: formatShort(row.masks) }))
  const covered = head.reduce((sum, row) => sum + row.masks, 0)
  return {
    id: 'label-distribution',
    title: 'Labels: head and long tail',
    origin: 'ours',
    note: `${mergedNote(input)} The ${head.length} most frequent labels have ${total > 0 ? ((100 * covered) / total).toFixed(1) : '0'} % of these masks.`,
    columns: [
      { key: 'rank', title: 'Rank', unit: '' },
      { key: 'label', title: 'Label', unit: '' },
      { key: 'images', title: 'Images', unit: 'images' },
      { key: 'masks', title: 'Masks', unit: 'masks' },
    ],
    rows,
    gap: rows.length === 0 ? 'No label has a mask under the filter.' : null,
    picture:
      rows.length === 0
        ? null
        : ({
            spec: { ...figureBase, hconcat: [headBars(head), rankPoints(rows)], spacing: 30 },
          } as never),
    comparison: [],
    sql: `SELECT label, count(DISTINCT image_id)::DOUBLE AS images, count(*)::DOUBLE AS masks
FROM masks JOIN labels USING (label_id) WHERE NOT is_union
GROUP BY label ORDER BY masks DESC, label`,
  }
}

/** The first labels as bars with their names. */
function headBars(head: readonly (LabelRank & { readonly text: string })[]) {
  return {
    width: 210,
    height: HEAD * 15,
    title: { text: `The ${head.length} most frequent` },
    data: { values: head },
    encoding: {
      y: { field: 'label', type: 'nominal', sort: null, axis: { title: null, labelLimit: 150 } },
      x: {
        field: 'masks',
        type: 'quantitative',
        axis: { title: 'masks', tickCount: 4, ...SHORT_AXIS },
      },
    },
    layer: [
      {
        mark: {
          type: 'bar',
          fill: '#ffffff',
          stroke: IMAGES_COLOR,
          strokeWidth: 1.25,
          height: { band: 0.66 },
        },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 9.5, color: INK },
        encoding: { text: { field: 'text', type: 'nominal' } },
      },
    ],
  }
}

/** All labels as points on logarithmic axes. */
function rankPoints(rows: readonly LabelRank[]) {
  return {
    width: 240,
    height: HEAD * 15,
    title: { text: `All ${formatCount(rows.length)} by rank` },
    data: { values: rows },
    mark: { type: 'point', size: 14, color: IMAGES_COLOR, filled: false, strokeWidth: 1 },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        scale: { type: 'log', domain: [1, Math.max(rows.length, 2)], nice: false },
        axis: { title: 'rank (logarithmic)', values: POWERS_OF_TEN },
      },
      y: {
        field: 'masks',
        type: 'quantitative',
        scale: { type: 'log' },
        axis: { title: 'masks (logarithmic)', values: POWERS_OF_TEN, ...SHORT_AXIS },
      },
    },
  }
}
