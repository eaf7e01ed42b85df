import { countAxis } from './base'
import { type ChartTheme, DARK, LIGHT } from './colors'

/**
 * Part of the Viridis scale for a theme: low counts are near the background colour but distinguishable from it.
 */
const extentOf = (theme: ChartTheme) =>
  theme === DARK ? { low: 0.12, high: 0.98 } : { low: 0.94, high: 0.06 }

/** Colour of the number in a cell; Viridis is dark below its middle and light above. */
export function inkOn(count: number, max: number, theme: ChartTheme): string {
  const { low, high } = extentOf(theme)
  const share = max > 1 && count > 0 ? Math.log(count) / Math.log(max) : 1
  return low + share * (high - low) < 0.45 ? LIGHT.background : LIGHT.text
}

/**
 * Fill and edge of a cell with the count 0: grey if only the filter leaves nothing, empty if the manifest has
 * nothing.
 */
export function holeColors(count: number, allCount: number, theme: ChartTheme) {
  const isHidden = count === 0 && allCount > 0
  return {
    hole: isHidden ? theme.ghost : 'transparent',
    edge: isHidden || count > 0 ? 'transparent' : theme.ghost,
  }
}

/** Logarithmic colours of the field `count`, with their legend. */
export const heatFill = (max: number, title: string, theme: ChartTheme) => {
  const { low, high } = extentOf(theme)
  return {
    field: 'count',
    type: 'quantitative' as const,
    scale: {
      type: 'log' as const,
      domain: [1, Math.max(max, 10)],
      scheme: { name: 'viridis' as const, extent: [low, high] },
    },
    legend: {
      orient: 'bottom' as const,
      direction: 'horizontal' as const,
      gradientLength: 200,
      gradientThickness: 8,
      labelColor: theme.muted,
      titleColor: theme.muted,
      titleFontWeight: 400,
      ...countAxis('log', `${title}, logarithmic`, max),
    },
  }
}
