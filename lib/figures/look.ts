import type { TopLevelSpec } from 'vega-lite'
import { DATA_COLOR, LIGHT } from '../charts/colors'

/** Fonts with the same metrics, so that a file looks the same with any of them. */
export const FONT = 'Arimo, "Liberation Sans", Arial, Helvetica, sans-serif'

/** Width of the drawing in px; at 300 dpi that is a column and a half of a paper. */
export const WIDTH = 620

export const INK = LIGHT.text
export const MUTED = LIGHT.muted

/** Colour of solid images and outlined masks, as in all charts. */
export const IMAGES_COLOR = DATA_COLOR

/** Height of charts with few bars, px. */
export const PLOT_HEIGHT = 260

/** The parts of a spec that all figures share. */
export const figureBase = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  background: '#ffffff',
  padding: 12,
  config: {
    font: FONT,
    view: { stroke: null },
    axis: {
      labelFontSize: 11,
      titleFontSize: 12,
      titleFontWeight: 600,
      labelColor: INK,
      titleColor: INK,
      gridColor: LIGHT.grid,
      domainColor: LIGHT.muted,
      tickColor: LIGHT.muted,
      labelPadding: 4,
    },
    legend: { labelFontSize: 11, titleFontSize: 11, labelColor: INK, titleColor: INK },
    text: { font: FONT, fontSize: 11, color: INK },
    title: { fontSize: 12, color: INK, anchor: 'start', fontWeight: 600 },
  },
} as const satisfies Partial<TopLevelSpec>

/** Axis labels such as "2M" and "500K". */
export const SHORT_AXIS = {
  format: '~s',
  labelExpr:
    "datum.value === 0 ? '0' : replace(replace(format(datum.value, '~s'), 'G', 'B'), 'k', 'K')",
} as const

/** Ticks of logarithmic scales. */
export const POWERS_OF_TEN = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7]
