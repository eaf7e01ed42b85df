import type { PngRow } from '../png/samples'

/** Up to so many colours are counted. */
const MANY = 3

/** Counts the distinct colours of a picture, up to three. Transparency is no colour. */
export class ColorMeter {
  private readonly found: number[] = []

  /** 1, 2, or 3 for three and more. */
  get colors(): number {
    return this.found.length
  }

  /** Whether further rows cannot change the result. */
  get isDone(): boolean {
    return this.found.length === MANY
  }

  row({ count, data, at, pixelBytes, colors, sampleBytes }: PngRow): void {
    const { found } = this
    const colorBytes = colors * sampleBytes
    let before = -1
    for (let x = 0, i = at; x < count; x++, i += pixelBytes) {
      let color = 0
      // At most six bytes, which a number holds exactly.
      for (let c = 0; c < colorBytes; c++) color = color * 256 + (data[i + c] as number)
      if (color === before) continue
      before = color
      if (found.includes(color)) continue
      found.push(color)
      if (found.length === MANY) return
    }
  }
}
