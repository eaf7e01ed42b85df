import { formatCount, formatShort } from '../format'
import type { FacetCount } from '../manifest/manifest'
import {
  type BarRow,
  type BarRowsOptions,
  barRowsSpec,
  ghostBar,
  outlinedBar,
  solidBar,
  textColumn,
} from './bar-rows'
import { type Chart, type CountScale, tooltipOf } from './base'
import { type ChartTheme, DATA_COLOR } from './colors'
import { emphasis, type Marked } from './emphasis'

/** One bar: filtered counts of a value, with its unfiltered counts behind. */
export interface CountBar extends BarRow {
  readonly images: number
  readonly masks: number
  readonly allImages: number
  readonly allMasks: number
  readonly imagesText: string
  readonly masksText: string
}

export interface CountBarsOptions extends Marked {
  readonly theme: ChartTheme
  readonly scale: CountScale
  /** Abbreviate the numbers beside the bars. */
  readonly compact: boolean
  /** Name of the values, for the tooltip. */
  readonly noun?: string
  readonly colorOf?: (value: string) => string
  /** Height of one bar in px. */
  readonly step?: number
  /** Number of bars to draw; values that the filter names are drawn beyond it. */
  readonly limit?: number
}

/**
 * Horizontal bars of images (solid) and masks (outlined), one row per value, in the order of the unfiltered
 * counts, so that a filter does not change the order.
 *
 * @param rows Counts under the filter; values without images may be absent.
 * @param all Unfiltered counts, in the order to show.
 */
export function countBars(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  { theme, scale, compact, noun = 'value', colorOf, step = 22, ...options }: CountBarsOptions,
): Chart<CountBar> {
  const found = new Map(rows.map(row => [row.value, row]))
  const text = compact ? formatShort : formatCount
  const shown = shownBars(all, options)
  const bars = shown.map(({ value, images: allImages, masks: allMasks }): CountBar => {
    const { images, masks } = found.get(value) ?? { images: 0, masks: 0 }
    return {
      value,
      images,
      masks,
      allImages,
      allMasks,
      pickedValue: options.picked?.includes(value) ? value : null,
      color: colorOf?.(value) ?? DATA_COLOR,
      opacity: emphasis(value, options),
      imagesText: text(images),
      masksText: text(masks),
    }
  })
  const look: BarRowsOptions = {
    theme,
    scale,
    compact,
    step,
    tooltip: tooltipFor(noun),
    axisTitle: 'images, masks',
    max: all.reduce((n, row) => Math.max(n, row.images, row.masks), 0),
  }
  const [first, second] = compact ? [46, 92] : [76, 158]
  const values = shown.map(row => row.value)
  const spec = barRowsSpec(values, look, [
    ghostBar('allMasks', 'masks', false, look),
    ghostBar('allImages', 'images', true, look),
    outlinedBar('masks', look),
    solidBar('images', look),
    textColumn('imagesText', first, theme.text),
    textColumn('masksText', second, theme.muted),
  ])
  return { spec, rows: bars }
}

/** The bars within the limit, and the bars of values that the filter names. */
export const shownBars = (
  all: readonly FacetCount[],
  { limit = Number.POSITIVE_INFINITY, picked, excluded }: Marked & { readonly limit?: number },
): readonly FacetCount[] =>
  all.length <= limit
    ? all
    : all.filter(
        ({ value }, i) => i < limit || picked?.includes(value) || excluded?.includes(value),
      )

const tooltipFor = (noun: string) =>
  tooltipOf(
    { value: noun },
    {
      images: 'images',
      masks: 'masks',
      allImages: 'images, unfiltered',
      allMasks: 'masks, unfiltered',
    },
  )
