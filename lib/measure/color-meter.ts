import type { PngRow } from '../png/samples'

/** Counting stops at this number of colours. */
const MANY = 3

/** Counts the distinct colours of a picture, up to three. Transparency is ignored. */
export class ColorMeter {
  private readonly found: number[] = []

  /** Number of colours found so far; 3 means three or more. */
  get colors(): number {
    return this.found.length
  }

  /** True if further rows cannot change the result. */
  get isDone(): boolean {
    return this.found.length === MANY
  }

  row({ count, data, at, pixelBytes, colors, sampleBytes }: PngRow): void {
    const { found } = this
    const colorBytes = colors * sampleBytes
    let before = -1
    for (let x = 0, i = at; x < count; x++, i += pixelBytes) {
      let color = 0
      // A colour has at most six bytes, which a JavaScript number represents exactly.
      for (let c = 0; c < colorBytes; c++) color = color * 256 + (data[i + c] as number)
      if (color === before) continue
      before = color
      if (found.includes(color)) continue
      found.push(color)
      if (found.length === MANY) return
    }
  }
}
