import type { TopLevelSpec } from 'vega-lite'
import { formatCount, formatShort } from '../format'
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

/** One bar: a value under the filter, and the same value unfiltered behind it. */
export interface CountBar {
  readonly value: string
  readonly images: number
  readonly masks: number
  readonly allImages: number
  readonly allMasks: number
  readonly color: string
  /** 1, or less for values that a filter on this facet leaves out. */
  readonly opacity: number
  readonly imagesText: string
  readonly masksText: string
}

export interface CountBarsOptions {
  readonly theme: ChartTheme
  readonly scale: CountScale
  /** Abbreviate the numbers beside the bars. */
  readonly compact: boolean
  readonly colorOf?: (value: string) => string
  /** Values picked in this facet; the others fade. */
  readonly picked?: readonly string[]
  /** Height of one bar in px. */
  readonly step?: number
}

/**
 * Horizontal bars of images (solid) and masks (outlined), a row a value, in the order of the
 * unfiltered counts so that filtering moves nothing.
 *
 * @param rows Counts under the filter; values that it leaves nothing of may be absent.
 * @param all Unfiltered counts, in the order to show.
 */
export function countBars(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  { theme, scale, compact, colorOf, picked, step = 22 }: CountBarsOptions,
): Chart<CountBar> {
  const found = new Map(rows.map(row => [row.value, row]))
  const text = compact ? formatShort : formatCount
  const bars = all.map(({ value, images: allImages, masks: allMasks }): CountBar => {
    const { images, masks } = found.get(value) ?? { images: 0, masks: 0 }
    return {
      value,
      images,
      masks,
      allImages,
      allMasks,
      color: colorOf?.(value) ?? DATA_COLOR,
      opacity: !picked || picked.length === 0 || picked.includes(value) ? 1 : 0.35,
      imagesText: text(images),
      masksText: text(masks),
    }
  })
  const max = all.reduce((n, row) => Math.max(n, row.images, row.masks), 0)
  return { spec: countBarsSpec(all, max, theme, scale, compact, step), rows: bars }
}

function countBarsSpec(
  all: readonly FacetCount[],
  max: number,
  theme: ChartTheme,
  scale: CountScale,
  compact: boolean,
  step: number,
): TopLevelSpec {
  const base = countBase(scale)
  const bar = (field: string) => ({
    x: {
      field,
      type: 'quantitative' as const,
      scale: countScale(scale, max),
      axis: countAxis(scale, `images, masks${scale === 'log' ? ' (logarithmic)' : ''}`, max),
    },
    x2: { datum: base },
  })
  // A logarithmic scale has no place for zero: such bars are left out.
  const positive = (field: string) => [{ filter: `datum.${field} > 0` }]
  const textColumn = (field: string, dx: number, color: string) => ({
    mark: { type: 'text' as const, align: 'right' as const, dx, fontSize: 11, color },
    encoding: { x: { value: 'width' as const }, text: { field, type: 'nominal' as const } },
  })
  const [first, second] = compact ? [46, 92] : [76, 158]
  const tooltip = [
    { field: 'value', title: 'value' },
    { field: 'images', title: 'images', format: ',' },
    { field: 'masks', title: 'masks', format: ',' },
    { field: 'allImages', title: 'images, unfiltered', format: ',' },
    { field: 'allMasks', title: 'masks, unfiltered', format: ',' },
  ].map(entry => ({ type: 'nominal' as const, ...entry }))
  return {
    ...baseSpec(theme),
    height: all.length * step,
    data: { name: DATA },
    encoding: {
      y: {
        field: 'value',
        type: 'nominal',
        sort: null,
        scale: { domain: all.map(row => row.value), paddingInner: 0.3, paddingOuter: 0.15 },
        axis: { title: null, labelLimit: compact ? 110 : 190, labelColor: theme.text },
      },
      tooltip,
    },
    layer: [
      {
        transform: positive('allMasks'),
        mark: { type: 'bar', fill: 'transparent', stroke: theme.ghost, strokeWidth: 1 },
        encoding: bar('allMasks'),
      },
      {
        transform: positive('allImages'),
        mark: { type: 'bar', color: theme.ghost, height: { band: 0.5 } },
        encoding: bar('allImages'),
      },
      {
        transform: positive('masks'),
        mark: { type: 'bar', fill: 'transparent', strokeWidth: 1.25, cursor: 'pointer' },
        encoding: {
          ...bar('masks'),
          stroke: raw('color'),
          opacity: { ...raw('opacity'), type: 'quantitative' },
        },
      },
      {
        transform: positive('images'),
        mark: { type: 'bar', height: { band: 0.5 }, cursor: 'pointer' },
        encoding: {
          ...bar('images'),
          fill: raw('color'),
          opacity: { ...raw('opacity'), type: 'quantitative' },
        },
      },
      textColumn('imagesText', first ?? 0, theme.text),
      textColumn('masksText', second ?? 0, theme.muted),
    ],
  }
}

/** A field that already holds the visual value. */
const raw = (field: string) => ({ field, type: 'nominal' as const, scale: null, legend: null })
