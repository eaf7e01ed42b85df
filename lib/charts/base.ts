import type { TopLevelSpec } from 'vega-lite'
import type { ChartTheme } from './colors'

/** Name of the data set that is empty in every spec; the view gets its rows there. */
export const DATA = 'rows'

/** A Vega-Lite spec and its rows, apart, so that a view can be updated with new rows. */
export interface Chart<Datum extends object = object> {
  readonly spec: TopLevelSpec
  readonly rows: readonly Datum[]
}

export type CountScale = 'linear' | 'log'

const FONT = 'ui-sans-serif, system-ui, "Segoe UI", Helvetica, Arial, sans-serif'

/** The parts of a spec that all charts share: width of the container, font, axes. */
export const baseSpec = (theme: ChartTheme) =>
  ({
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'transparent',
    autosize: { type: 'fit-x', contains: 'padding' },
    width: 'container',
    padding: { left: 0, right: 0, top: 2, bottom: 6 },
    config: {
      font: FONT,
      // The picture has a name, and its numbers are in a table, so marks need no names.
      aria: false,
      view: { stroke: null },
      axis: {
        labelFontSize: 11,
        titleFontSize: 11,
        titleFontWeight: 400,
        labelColor: theme.muted,
        titleColor: theme.muted,
        gridColor: theme.grid,
        domain: false,
        ticks: false,
        labelPadding: 6,
      },
    },
  }) as const

/** The scale of a count axis; a logarithmic one starts at half a unit, so that one is visible. */
export const countScale = (scale: CountScale, max: number) => ({
  type: scale,
  domain: scale === 'log' ? [0.5, Math.max(max, 10)] : [0, Math.max(max, 1)],
  nice: false,
})

/** Where bars of a count axis begin. */
export const countBase = (scale: CountScale): number => (scale === 'log' ? 0.5 : 0)

/** An encoding by a field that already has the visual value, such as a colour. */
export const rawField = (field: string) => ({
  field,
  type: 'nominal' as const,
  scale: null,
  legend: null,
})

/** Opacity by the field `opacity` of a row. */
export const ROW_OPACITY = {
  field: 'opacity',
  type: 'quantitative',
  scale: null,
  legend: null,
} as const

type Titles = Readonly<Record<string, string>>

/** Entries of a tooltip: fields of names and of counts, by title; counts are written in full. */
export const tooltipOf = (names: Titles, counts: Titles) => [
  ...Object.entries(names).map(([field, title]) => ({ field, title, type: 'nominal' as const })),
  ...Object.entries(counts).map(([field, title]) => ({
    field,
    title,
    format: ',',
    type: 'quantitative' as const,
  })),
]

/** Axis ticks as "10k", "2M" with room between them; on a logarithmic axis only at powers of ten. */
export const countAxis = (scale: CountScale, title: string, max: number) => ({
  title,
  format: '~s',
  labelExpr: "datum.value === 0 ? '0' : replace(datum.label, 'G', 'B')",
  // With little room, every other label is dropped.
  labelOverlap: 'parity' as const,
  labelSeparation: 8,
  ...(scale === 'log'
    ? {
        values: Array.from(
          { length: Math.floor(Math.log10(Math.max(max, 10))) + 1 },
          (_, i) => 10 ** i,
        ),
      }
    : { tickCount: 5 }),
})
