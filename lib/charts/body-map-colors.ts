import { type ChartTheme, DATA_COLOR, REGION_COLORS } from './colors'

/** Colours of one organ's shape. */
export interface OrganColors {
  readonly fill: string
  readonly edge: string
}

/** Share of the region's hue in a fill, 0 to 1, by the logarithm of the count; 0 only for a count of 0. */
export function strength(count: number, max: number): number {
  if (count <= 0) return 0
  return 0.1 + 0.85 * (max <= 1 ? 1 : Math.min(1, Math.log10(count) / Math.log10(max))) ** 1.5
}

/** Colours as CSS, following the page's theme. */
export const pageColors = (region: string, share: number): OrganColors => ({
  fill: cssMix(hueOf(region), share, 'var(--background)'),
  edge: cssMix(hueOf(region), EDGE, 'var(--text)'),
})

/** Colours as hex values of a theme, for files. */
export const themeColors = (region: string, share: number, theme: ChartTheme): OrganColors => ({
  fill: mix(hueOf(region), share, theme.background),
  edge: mix(hueOf(region), EDGE, theme.text),
})

/** Share of the hue in the edge of a shape; the rest is the text's colour. */
const EDGE = 0.65

const hueOf = (region: string) => REGION_COLORS[region] ?? DATA_COLOR

const cssMix = (color: string, share: number, other: string) =>
  `color-mix(in srgb, ${color} ${(share * 100).toFixed(1)}%, ${other})`

function mix(color: string, share: number, other: string): string {
  const channel = (hex: string, i: number) => Number.parseInt(hex.slice(i, i + 2), 16)
  const mixed = [1, 3, 5].map(i => share * channel(color, i) + (1 - share) * channel(other, i))
  return `#${mixed.map(n => Math.round(n).toString(16).padStart(2, '0')).join('')}`
}

/** Powers of ten for the legend: 1, 10, … up to the largest count. */
export const legendSteps = (max: number): number[] =>
  Array.from({ length: Math.floor(Math.log10(Math.max(1, max))) + 1 }, (_, i) => 10 ** i)
