import type { TopLevelSpec } from 'vega-lite'
import { integerBinLabel, SIZE_BINS } from '../manifest/bins'
import type { SizeCount } from '../manifest/manifest'
import { baseSpec, type Chart, DATA, ROW_OPACITY, rawField, tooltipOf } from './base'
import type { ChartTheme } from './colors'
import { binEmphasis, isInRange, type PickedBins } from './emphasis'
import { heatFill, holeColors } from './heat'

/** Images of one bin of width and one bin of height; a hole has the count 0. */
export interface SizeCell {
  /** Both bins in one text; `parseSizeValue` reads it. */
  readonly value: string
  readonly width: string
  readonly height: string
  readonly count: number
  readonly allCount: number
  readonly hole: string
  readonly edge: string
  readonly picked: boolean
  readonly opacity: number
}

/** Bins that the ranges of width and height select; null without a range. */
export interface PickedSizes {
  readonly width: PickedBins | null
  readonly height: PickedBins | null
}

/** Height of the cells and, in all, of the chart in px. */
const PLOT_HEIGHT = 190
export const SIZE_HEAT_HEIGHT = PLOT_HEIGHT + 94

const sizeValue = (widthBin: number, heightBin: number) => `${widthBin} × ${heightBin}`

/** The bins of a cell's `value`. */
export function parseSizeValue(value: string): { widthBin: number; heightBin: number } {
  const [widthBin = 0, heightBin = 0] = value.split(' × ').map(Number)
  return { widthBin, heightBin }
}

/**
 * Heatmap of image sizes: all bins of width and height in the manifest, with holes.
 *
 * @param sizes Images under the filter.
 * @param all Unfiltered images, which decide on bins and colours.
 */
export function sizeHeat(
  sizes: readonly SizeCount[],
  all: readonly SizeCount[],
  picked: PickedSizes,
  theme: ChartTheme,
): Chart<SizeCell> {
  const widths = occurring(all.map(size => size.widthBin))
  const heights = occurring(all.map(size => size.heightBin)).reverse()
  const found = byValue(sizes)
  const unfiltered = byValue(all)
  const any = picked.width !== null || picked.height !== null
  const cells = heights.flatMap(heightBin =>
    widths.map((widthBin): SizeCell => {
      const value = sizeValue(widthBin, heightBin)
      const count = found.get(value) ?? 0
      const allCount = unfiltered.get(value) ?? 0
      return {
        value,
        count,
        allCount,
        width: nameOf(widthBin),
        height: nameOf(heightBin),
        ...holeColors(count, allCount, theme),
        picked: any && isInRange(widthBin, picked.width) && isInRange(heightBin, picked.height),
        opacity: Math.min(
          binEmphasis(widthBin, picked.width),
          binEmphasis(heightBin, picked.height),
        ),
      }
    }),
  )
  const max = Math.max(1, ...all.map(size => size.images))
  return { spec: sizeSpec(widths.map(nameOf), heights.map(nameOf), max, theme), rows: cells }
}

const occurring = (bins: readonly number[]) => [...new Set(bins)].sort((a, b) => a - b)

const byValue = (sizes: readonly SizeCount[]) =>
  new Map(sizes.map(size => [sizeValue(size.widthBin, size.heightBin), size.images]))

const nameOf = (bin: number) => integerBinLabel(SIZE_BINS, bin)

function sizeSpec(
  widths: readonly string[],
  heights: readonly string[],
  max: number,
  theme: ChartTheme,
): TopLevelSpec {
  const side = (field: string, domain: readonly string[]) => ({
    field,
    type: 'nominal' as const,
    sort: null,
    scale: { domain: [...domain], paddingInner: 0.06, paddingOuter: 0 },
    axis: {
      title: `${field} in px`,
      // The lower edge is enough, because bins are adjacent.
      labelExpr: "replace(split(datum.label, '–')[0], ' or more', '+')",
      labelAngle: 0,
      labelOverlap: true,
      labelSeparation: 8,
      labelPadding: 4,
    },
  })
  return {
    ...baseSpec(theme),
    height: PLOT_HEIGHT,
    data: { name: DATA },
    encoding: {
      x: side('width', widths),
      y: side('height', heights),
      tooltip: tooltipOf(
        { width: 'width in px', height: 'height in px' },
        { count: 'images', allCount: 'images, unfiltered' },
      ),
    },
    layer: [
      {
        transform: [{ filter: 'datum.count === 0' }],
        mark: { type: 'rect', strokeWidth: 1, cursor: 'pointer' },
        encoding: { fill: rawField('hole'), stroke: rawField('edge') },
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'rect', cursor: 'pointer' },
        encoding: { fill: heatFill(max, 'images', theme), opacity: ROW_OPACITY },
      },
      {
        transform: [{ filter: 'datum.picked && datum.allCount > 0' }],
        mark: {
          type: 'rect',
          fill: 'transparent',
          stroke: theme.text,
          strokeWidth: 1.5,
          cursor: 'pointer',
        },
      },
    ],
    // Holes have fixed colours, counts a colour scale.
    resolve: { scale: { fill: 'independent' }, legend: { fill: 'independent' } },
  }
}
