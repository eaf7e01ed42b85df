import { describe, expect, test } from 'vitest'
import { DARK, DATA_COLOR, LIGHT, MODALITY_COLORS, REGION_COLORS } from '../../lib/charts/colors'

type Rgb = [number, number, number]

const channels = (hex: string): Rgb =>
  [1, 3, 5].map(i => Number.parseInt(hex.slice(i, i + 2), 16) / 255) as Rgb
const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)

/** WCAG 2.2 relative luminance and contrast ratio. */
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b
function contrast(a: string, b: string) {
  const [light, dark] = [a, b]
    .map(hex => luminance(channels(hex).map(linear) as Rgb))
    .sort((x, y) => y - x)
  return (light! + 0.05) / (dark! + 0.05)
}

/** Machado, Oliveira, Fernandes 2009, severity 1.0, on linear RGB. */
const DEFICIENCIES = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const

/** OKLab of a colour as seen with a deficiency (Ottosson 2020). */
function seen(hex: string, matrix: readonly (readonly number[])[]) {
  const rgb = channels(hex).map(linear)
  const [r, g, b] = matrix.map(row =>
    Math.max(
      0,
      row.reduce((sum, k, i) => sum + k * rgb[i]!, 0),
    ),
  ) as Rgb
  const [l, m, s] = [
    0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
    0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
    0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
  ].map(Math.cbrt) as Rgb
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ] as Rgb
}

const distance = (a: Rgb, b: Rgb) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])

const everyColor = { ...REGION_COLORS, ...MODALITY_COLORS, data: DATA_COLOR }

test.each(Object.entries(everyColor))('%s has a contrast of 3:1 in both themes', (_, color) => {
  expect(contrast(color, LIGHT.background)).toBeGreaterThanOrEqual(3)
  expect(contrast(color, DARK.background)).toBeGreaterThanOrEqual(3)
})

describe.each(Object.keys(DEFICIENCIES) as (keyof typeof DEFICIENCIES)[])('%s', deficiency => {
  test('regions stay apart', () => {
    const { Unassigned: _, ...regions } = REGION_COLORS
    const colors = Object.entries(regions).map(([name, hex]) => ({
      name,
      at: seen(hex, DEFICIENCIES[deficiency]),
    }))
    // Three just noticeable differences of large fields.
    for (const [i, a] of colors.entries())
      for (const b of colors.slice(i + 1))
        expect(distance(a.at, b.at), `${a.name} and ${b.name}`).toBeGreaterThan(0.06)
  })
})
