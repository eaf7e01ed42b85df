import type { TopLevelSpec } from 'vega-lite'
import {
  baseSpec,
  type Chart,
  type CountScale,
  countAxis,
  countBase,
  countScale,
  DATA,
  ROW_OPACITY,
  tooltipOf,
} from './base'
import { type BinTicks, tickAxis } from './bin-ticks'
import { type ChartTheme, DATA_COLOR } from './colors'
import { binEmphasis, isInRange, type PickedBins } from './emphasis'

/** A bin with its value in the facet and its name for people. */
export interface HistogramBin {
  readonly value: string
  readonly name: string
}

/** One bar: the filtered count of a bin, with the unfiltered count behind. */
export interface HistogramBar extends HistogramBin {
  readonly count: number
  readonly allCount: number
  readonly picked: boolean
  readonly opacity: number
}

export interface HistogramOptions {
  readonly theme: ChartTheme
  readonly scale: CountScale
  /** What is counted: images are solid, masks outlined. */
  readonly unit: 'images' | 'masks'
  /** Name of the attribute. */
  readonly noun: string
  readonly ticks: BinTicks
  /** The bins that a range touches, and the bins that it cuts; null without a range. */
  readonly picked: PickedBins | null
}

/** Height of the bars and, in all, of the chart in px. */
const PLOT_HEIGHT = 238
export const HISTOGRAM_HEIGHT = PLOT_HEIGHT + 41

/**
 * Histogram over the bins of an attribute; all bars have the same width.
 *
 * @param counts Counts by bin under the filter.
 * @param all Unfiltered counts by bin.
 */
export function histogram(
  bins: readonly HistogramBin[],
  counts: readonly number[],
  all: readonly number[],
  options: HistogramOptions,
): Chart<HistogramBar> {
  const bars = bins.map(
    ({ value, name }, bin): HistogramBar => ({
      value,
      name,
      count: counts[bin] ?? 0,
      allCount: all[bin] ?? 0,
      picked: options.picked !== null && isInRange(bin, options.picked),
      opacity: binEmphasis(bin, options.picked),
    }),
  )
  const values = bins.map(bin => bin.value)
  return { spec: histogramSpec(values, Math.max(0, ...all), options), rows: bars }
}

function histogramSpec(
  values: readonly string[],
  max: number,
  { theme, scale, unit, noun, ticks }: HistogramOptions,
): TopLevelSpec {
  const bar = (field: string) => ({
    y: {
      field,
      type: 'quantitative' as const,
      scale: countScale(scale, max),
      axis: countAxis(scale, `${unit}${scale === 'log' ? ' (logarithmic)' : ''}`, max),
    },
    y2: { datum: countBase(scale) },
  })
  const solid = unit === 'images'
  return {
    ...baseSpec(theme),
    height: PLOT_HEIGHT,
    data: { name: DATA },
    encoding: {
      x: {
        field: 'value',
        type: 'nominal',
        sort: null,
        scale: { domain: [...values], paddingInner: 0.15, paddingOuter: 0.1 },
        axis: { title: noun, ...tickAxis(values, ticks) },
      },
      tooltip: tooltipOf({ name: noun }, { count: unit, allCount: `${unit}, unfiltered` }),
    },
    layer: [
      {
        // The full height of a bin reacts to the pointer, because low bars are hard to hit.
        transform: [{ filter: 'datum.allCount > 0' }],
        mark: { type: 'rect', fill: 'transparent', cursor: 'pointer' },
        encoding: { y: { value: 0 }, y2: { value: 'height' } },
      },
      {
        transform: [{ filter: 'datum.allCount > 0 && datum.allCount !== datum.count' }],
        mark: solid
          ? { type: 'bar', color: theme.ghost, cursor: 'pointer' }
          : { type: 'bar', fill: 'transparent', stroke: theme.ghost, cursor: 'pointer' },
        encoding: bar('allCount'),
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: solid
          ? { type: 'bar', color: DATA_COLOR, cursor: 'pointer' }
          : {
              type: 'bar',
              fill: 'transparent',
              stroke: DATA_COLOR,
              strokeWidth: 1.25,
              cursor: 'pointer',
            },
        encoding: {
          ...bar('count'),
          opacity: ROW_OPACITY,
        },
      },
    ],
  }
}
