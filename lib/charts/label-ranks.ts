import type { TopLevelSpec } from 'vega-lite'
import type { FacetCount } from '../manifest/manifest'
import { baseSpec, type Chart, countAxis, countScale, DATA } from './base'
import { type ChartTheme, DATA_COLOR } from './colors'

export interface LabelRank extends FacetCount {
  /** 1 for the most frequent label under the filter. */
  readonly rank: number
  readonly picked: boolean
}

/** Labels by number of masks, most first; ties by name. */
export function rankLabels(
  rows: readonly FacetCount[],
  picked: readonly string[] = [],
): LabelRank[] {
  return [...rows]
    .filter(row => row.masks > 0)
    .sort((a, b) => b.masks - a.masks || (a.value < b.value ? -1 : 1))
    .map((row, i) => ({ ...row, rank: i + 1, picked: picked.includes(row.value) }))
}

/** Rank–frequency plot of the labels: masks hollow, images solid, logarithmic. */
export function labelRanks(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  picked: readonly string[] | undefined,
  theme: ChartTheme,
): Chart<LabelRank> {
  const max = all.reduce((n, row) => Math.max(n, row.masks), 0)
  const y = (field: string) => ({
    field,
    type: 'quantitative' as const,
    scale: countScale('log', max),
    axis: countAxis('log', 'images, masks (logarithmic)', max),
  })
  const spec: TopLevelSpec = {
    ...baseSpec(theme),
    height: 220,
    data: { name: DATA },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        scale: { domain: [0, Math.max(all.length, 10)], nice: false },
        axis: { title: 'rank by number of masks', grid: false, tickCount: 6 },
      },
      tooltip: [
        { field: 'value', type: 'nominal', title: 'label' },
        { field: 'rank', type: 'quantitative', title: 'rank' },
        { field: 'images', type: 'quantitative', title: 'images', format: ',' },
        { field: 'masks', type: 'quantitative', title: 'masks', format: ',' },
      ],
    },
    layer: [
      {
        mark: {
          type: 'point',
          filled: false,
          size: 26,
          color: DATA_COLOR,
          strokeWidth: 1.1,
          cursor: 'pointer',
        },
        encoding: { y: y('masks') },
      },
      {
        mark: {
          type: 'point',
          filled: true,
          size: 14,
          color: DATA_COLOR,
          opacity: 1,
          cursor: 'pointer',
        },
        encoding: { y: y('images') },
      },
      {
        transform: [{ filter: 'datum.picked' }],
        mark: { type: 'point', filled: false, size: 130, color: theme.text, strokeWidth: 1.5 },
        encoding: { y: y('masks') },
      },
    ],
  }
  return { spec, rows: rankLabels(rows, picked) }
}
