import type { TopLevelSpec } from 'vega-lite'
import type { FacetCount } from '../manifest/manifest'
import { baseSpec, type Chart, countAxis, countScale, DATA, ROW_OPACITY, tooltipOf } from './base'
import { type ChartTheme, DATA_COLOR } from './colors'
import { emphasis, type Marked } from './emphasis'

export interface LabelRank extends FacetCount {
  /** 1 for the most frequent label under the filter. */
  readonly rank: number
  readonly picked: boolean
  readonly excluded: boolean
}

/** Labels by number of masks, most first; ties by name. */
export function rankLabels(rows: readonly FacetCount[], marked: Marked = {}): LabelRank[] {
  return [...rows]
    .filter(row => row.masks > 0)
    .sort((a, b) => b.masks - a.masks || (a.value < b.value ? -1 : 1))
    .map((row, i) => ({
      ...row,
      rank: i + 1,
      picked: marked.picked?.includes(row.value) ?? false,
      excluded: marked.excluded?.includes(row.value) ?? false,
    }))
}

/** A point of the plot. Points of the ghost line are unfiltered labels by rank. */
export interface LabelPoint extends LabelRank {
  readonly allImages: number
  readonly allMasks: number
  readonly opacity: number
  readonly ghost: boolean
}

/**
 * Rank–frequency plot of the labels on logarithmic axes: masks are hollow, images solid, and unfiltered masks a
 * line.
 */
export function labelRanks(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  marked: Marked,
  theme: ChartTheme,
): Chart<LabelPoint> {
  const unfiltered = new Map(all.map(row => [row.value, row]))
  const points = rankLabels(rows, marked).map((row): LabelPoint => {
    const { images: allImages, masks: allMasks } = unfiltered.get(row.value) ?? row
    return { ...row, allImages, allMasks, opacity: emphasis(row.value, marked), ghost: false }
  })
  const ghost = rankLabels(all).map(
    (row): LabelPoint => ({
      ...row,
      allImages: row.images,
      allMasks: row.masks,
      opacity: 1,
      ghost: true,
    }),
  )
  const max = all.reduce((n, row) => Math.max(n, row.masks), 0)
  return { spec: labelSpec(all.length, max, theme), rows: [...ghost, ...points] }
}

function labelSpec(labels: number, max: number, theme: ChartTheme): TopLevelSpec {
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: countScale('log', max),
    axis: countAxis('log', 'images, masks (logarithmic)', max),
  })
  const own = [{ filter: '!datum.ghost' }]
  const cursor = 'pointer' as const
  return {
    ...baseSpec(theme),
    height: 220,
    data: { name: DATA },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        scale: { domain: [0, Math.max(labels, 10)], nice: false },
        axis: { title: 'rank by number of masks', grid: false, tickCount: 6 },
      },
    },
    layer: [
      {
        transform: [{ filter: 'datum.ghost' }],
        mark: { type: 'line', color: theme.ghost, strokeWidth: 2, tooltip: null },
        encoding: { y: y('masks') },
      },
      {
        transform: own,
        mark: {
          type: 'point',
          filled: false,
          size: 26,
          color: DATA_COLOR,
          strokeWidth: 1.1,
          cursor,
        },
        encoding: { y: y('masks'), opacity: ROW_OPACITY, tooltip: TOOLTIP },
      },
      {
        transform: own,
        mark: { type: 'point', filled: true, size: 14, color: DATA_COLOR, cursor },
        encoding: { y: y('images'), opacity: ROW_OPACITY, tooltip: TOOLTIP },
      },
      {
        transform: [{ filter: 'datum.picked' }],
        mark: {
          type: 'point',
          filled: false,
          size: 130,
          color: theme.text,
          strokeWidth: 1.5,
          cursor,
        },
        encoding: { y: y('masks'), tooltip: TOOLTIP },
      },
    ],
  }
}

const TOOLTIP = tooltipOf(
  { value: 'label' },
  {
    rank: 'rank',
    images: 'images',
    masks: 'masks',
    allImages: 'images, unfiltered',
    allMasks: 'masks, unfiltered',
  },
)
