import { formatCount, formatShort } from '../format'
import type { FacetCount } from '../manifest/manifest'
import {
  type BarRow,
  type BarRowsOptions,
  barRowsSpec,
  ghostBar,
  solidBar,
  textColumn,
} from './bar-rows'
import { type Chart, tooltipOf } from './base'
import { DATA_COLOR } from './colors'
import { type CountBarsOptions, shownBars } from './count-bars'
import { emphasis } from './emphasis'

/** Distinct cases by value. */
export type CasesByValue = ReadonlyMap<string, number>

/** One bar of cases; numbers are null until they are counted. */
export interface CaseBar extends BarRow {
  readonly cases: number | null
  readonly allCases: number | null
  readonly images: number
  readonly casesText: string
  /** Images per case. */
  readonly slicesText: string
}

/**
 * Horizontal bars of cases, with the average number of images per case beside them (slices of 3D sources,
 * pictures of 2D sources).
 *
 * @param rows Images under the filter.
 * @param all Unfiltered images, in the order to show.
 * @param cases Cases under the filter; null while they are counted.
 * @param allCases Unfiltered cases; null while they are counted.
 */
export function caseBars(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  cases: CasesByValue | null,
  allCases: CasesByValue | null,
  { theme, scale, compact, noun = 'value', colorOf, step = 22, ...options }: CountBarsOptions,
): Chart<CaseBar> {
  const images = new Map(rows.map(row => [row.value, row.images]))
  const shown = shownBars(all, options)
  const bars = shown.map(({ value }): CaseBar => {
    const found = cases && (cases.get(value) ?? 0)
    const n = images.get(value) ?? 0
    return {
      value,
      pickedValue: options.picked?.includes(value) ? value : null,
      color: colorOf?.(value) ?? DATA_COLOR,
      opacity: emphasis(value, options),
      cases: found,
      allCases: allCases && (allCases.get(value) ?? 0),
      images: n,
      casesText: found === null ? '—' : (compact ? formatShort : formatCount)(found),
      slicesText: perCase(n, found),
    }
  })
  const look: BarRowsOptions = {
    theme,
    scale,
    compact,
    step,
    tooltip: tooltipFor(noun),
    axisTitle: 'cases',
    max: Math.max(0, ...(allCases ?? cases ?? new Map<string, number>()).values()),
  }
  const [first, second] = compact ? [46, 92] : [76, 158]
  const values = shown.map(row => row.value)
  const spec = barRowsSpec(values, look, [
    ghostBar('allCases', 'cases', true, look),
    solidBar('cases', look),
    textColumn('casesText', first, theme.text),
    textColumn('slicesText', second, theme.muted),
  ])
  return { spec, rows: bars }
}

const tenths = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 })

/** Images per case to a tenth; a dash for no cases, or until they are counted. */
export const perCase = (images: number, cases: number | null): string =>
  cases ? tenths.format(images / cases) : '—'

const tooltipFor = (noun: string) =>
  tooltipOf(
    { value: noun, slicesText: 'images per case' },
    { cases: 'cases', images: 'images', allCases: 'cases, unfiltered' },
  )
