import type { TopLevelSpec } from 'vega-lite'
import {
  baseSpec,
  type CountScale,
  countAxis,
  countBase,
  countScale,
  DATA,
  ROW_OPACITY,
  rawField,
  type tooltipOf,
} from './base'
import type { ChartTheme } from './colors'

/** The fields that a row has in every chart of horizontal bars. */
export interface BarRow {
  readonly value: string
  /** The value if it is selected, so that its name is bold; else null. */
  readonly pickedValue: string | null
  readonly color: string
  readonly opacity: number
}

export interface BarRowsOptions {
  readonly theme: ChartTheme
  readonly scale: CountScale
  /** There is little room for names and numbers. */
  readonly compact: boolean
  /** Height of one bar in px. */
  readonly step: number
  /** Title of the count axis. */
  readonly axisTitle: string
  /** Largest count of the axis. */
  readonly max: number
  readonly tooltip: ReturnType<typeof tooltipOf>
}

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'][number]

/** Layers of horizontal bars over the rows' names. The axes depend only on unfiltered counts. */
export function barRowsSpec(
  values: readonly string[],
  { theme, compact, step, tooltip }: BarRowsOptions,
  layer: Layer[],
): TopLevelSpec {
  const labelLimit = compact ? 110 : 190
  const longest = values.reduce((n, value) => Math.max(n, value.length), 0)
  return {
    ...baseSpec(theme),
    height: Math.max(values.length, 1) * step,
    data: { name: DATA },
    encoding: {
      y: {
        field: 'value',
        type: 'nominal',
        sort: null,
        scale: { domain: [...values], paddingInner: 0.3, paddingOuter: 0.15 },
        axis: {
          title: null,
          labelLimit,
          labelColor: theme.text,
          labelOverlap: false,
          // Room for bold names, so that selecting a value does not change the layout.
          minExtent: Math.min(labelLimit, longest * 6.5) + 6,
          labelFontWeight: {
            condition: { test: `indata('${DATA}', 'pickedValue', datum.value)`, value: 700 },
            value: 400,
          },
        },
      },
      tooltip,
    },
    layer: [HIT, ...layer],
  }
}

// The full width of a row reacts to the pointer, because short bars are hard to hit.
const HIT: Layer = {
  mark: { type: 'rect', fill: 'transparent', cursor: 'pointer' },
  encoding: { x: { value: 0 }, x2: { value: 'width' } },
}

/** A solid bar of a count. */
export const solidBar = (field: string, options: BarRowsOptions): Layer => ({
  transform: positive(field),
  mark: { type: 'bar', height: { band: 0.5 }, cursor: 'pointer' },
  encoding: { ...along(field, options), fill: rawField('color'), opacity: ROW_OPACITY },
})

/** An outlined bar of a count. */
export const outlinedBar = (field: string, options: BarRowsOptions): Layer => ({
  transform: positive(field),
  mark: { type: 'bar', fill: 'transparent', strokeWidth: 1.25, cursor: 'pointer' },
  encoding: { ...along(field, options), stroke: rawField('color'), opacity: ROW_OPACITY },
})

/** The unfiltered count behind a bar, if it differs from the filtered count. */
export const ghostBar = (
  field: string,
  of: string,
  isSolid: boolean,
  options: BarRowsOptions,
): Layer => ({
  transform: [{ filter: `datum.${field} > 0 && datum.${field} !== datum.${of}` }],
  mark: isSolid
    ? { type: 'bar', color: options.theme.ghost, height: { band: 0.5 } }
    : { type: 'bar', fill: 'transparent', stroke: options.theme.ghost, strokeWidth: 1 },
  encoding: along(field, options),
})

/** Numbers in a column to the right of the bars, `dx` px from their end. */
export const textColumn = (field: string, dx: number, color: string): Layer => ({
  mark: { type: 'text', align: 'right', dx, fontSize: 11, color },
  encoding: { x: { value: 'width' }, text: { field, type: 'nominal' } },
})

// A logarithmic scale cannot show zero, so bars of 0 are left out.
const positive = (field: string) => [{ filter: `datum.${field} > 0` }]

const along = (field: string, { scale, axisTitle, max }: BarRowsOptions) => ({
  x: {
    field,
    type: 'quantitative' as const,
    scale: countScale(scale, max),
    axis: countAxis(scale, `${axisTitle}${scale === 'log' ? ' (logarithmic)' : ''}`, max),
  },
  x2: { datum: countBase(scale) },
})
