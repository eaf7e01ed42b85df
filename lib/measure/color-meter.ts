/** Up to so many colours are counted. */
const MANY = 3

/** Counts the distinct colours of a picture, up to three. */
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

  /**
   * Add one row of `width` pixels.
   *
   * @param data Pixels begin at `at` and have `pixelBytes` each, of which the first `colorBytes` (at most 6) are the
   *   colour.
   */
  row(width: number, data: Uint8Array, at: number, pixelBytes: number, colorBytes: number): void {
    const { found } = this
    let before = -1
    for (let x = 0, i = at; x < width; x++, i += pixelBytes) {
      let color = 0
      for (let c = 0; c < colorBytes; c++) color = color * 256 + (data[i + c] as number)
      if (color === before) continue
      before = color
      if (found.includes(color)) continue
      found.push(color)
      if (found.length === MANY) return
    }
  }
}
