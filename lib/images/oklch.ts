/** A colour by perceived lightness (0 to 1), chroma (0 to about 0.37) and hue (degrees). */
export interface Oklch {
  readonly l: number
  readonly c: number
  readonly h: number
}

const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
const encoded = (c: number) => (c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055)

/** `#rrggbb` → OKLCH (Ottosson 2020). */
export function toOklch(hex: string): Oklch {
  const [r, g, b] = [1, 3, 5].map(i => linear(Number.parseInt(hex.slice(i, i + 2), 16) / 255)) as [
    number,
    number,
    number,
  ]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(A, B),
    h: (Math.atan2(B, A) * 180) / Math.PI,
  }
}

/** OKLCH → `#rrggbb`; the chroma of a colour outside sRGB is reduced until it is inside. */
export function fromOklch({ l, c, h }: Oklch): string {
  for (let chroma = c; chroma > 0; chroma -= 0.005) {
    const rgb = linearRgb(l, chroma, h)
    if (rgb.every(value => value > -0.0005 && value < 1.0005)) return hexOf(rgb)
  }
  return hexOf(linearRgb(l, 0, h))
}

function linearRgb(lightness: number, chroma: number, hue: number): [number, number, number] {
  const A = chroma * Math.cos((hue * Math.PI) / 180)
  const B = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * A + 0.2158037573 * B) ** 3
  const m = (lightness - 0.1055613458 * A - 0.0638541728 * B) ** 3
  const s = (lightness - 0.0894841775 * A - 1.291485548 * B) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const hexOf = (rgb: readonly number[]) =>
  `#${rgb
    .map(value => Math.round(255 * encoded(Math.min(1, Math.max(0, value)))))
    .map(value => value.toString(16).padStart(2, '0'))
    .join('')}`
