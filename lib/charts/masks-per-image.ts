import type { TopLevelSpec } from 'vega-lite'
import { integerBinLabel, MASK_COUNT_BINS } from '../manifest/bins'
import type { FacetCount } from '../manifest/manifest'
import {
  baseSpec,
  type Chart,
  type CountScale,
  countAxis,
  countBase,
  countScale,
  DATA,
} from './base'
import { type ChartTheme, DATA_COLOR } from './colors'

export interface MasksPerImageBar {
  readonly value: string
  readonly images: number
  readonly allImages: number
}

/** The bins of masks per image, in order, as the counts name them. */
export const MASKS_PER_IMAGE_VALUES = MASK_COUNT_BINS.edges.map((_, bin) =>
  integerBinLabel(MASK_COUNT_BINS, bin),
)

/** Histogram of the number of masks of an image: solid bars over unfiltered ghosts. */
export function masksPerImage(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  theme: ChartTheme,
  scale: CountScale,
): Chart<MasksPerImageBar> {
  const imagesOf = (counts: readonly FacetCount[], value: string) =>
    counts.find(row => row.value === value)?.images ?? 0
  const bars = MASKS_PER_IMAGE_VALUES.map(value => ({
    value,
    images: imagesOf(rows, value),
    allImages: imagesOf(all, value),
  }))
  const max = Math.max(...bars.map(bar => bar.allImages))
  const bar = (field: string) => ({
    y: {
      field,
      type: 'quantitative' as const,
      scale: countScale(scale, max),
      axis: countAxis(scale, 'images', max),
    },
    y2: { datum: countBase(scale) },
  })
  const spec: TopLevelSpec = {
    ...baseSpec(theme),
    height: 220,
    data: { name: DATA },
    encoding: {
      x: {
        field: 'value',
        type: 'nominal',
        sort: null,
        scale: { domain: [...MASKS_PER_IMAGE_VALUES], paddingInner: 0.15 },
        axis: { title: 'masks per image', labelAngle: 0, labelOverlap: true },
      },
      tooltip: [
        { field: 'value', type: 'nominal', title: 'masks per image' },
        { field: 'images', type: 'quantitative', title: 'images', format: ',' },
        { field: 'allImages', type: 'quantitative', title: 'images, unfiltered', format: ',' },
      ],
    },
    layer: [
      {
        transform: [{ filter: 'datum.allImages > 0' }],
        mark: { type: 'bar', color: theme.ghost },
        encoding: bar('allImages'),
      },
      {
        transform: [{ filter: 'datum.images > 0' }],
        mark: { type: 'bar', color: DATA_COLOR },
        encoding: bar('images'),
      },
    ],
  }
  return { spec, rows: bars }
}
