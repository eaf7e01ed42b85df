import type { PngRow } from '../png/samples'
import type { SetPixels } from './mask-extent'

/** Values that are told apart, and listed. */
const MANY = 4

/** Values that a set pixel of a binary mask may have; 65535 is the full scale of 16 bits. */
const SET_VALUES: readonly number[] = [1, 255, 65_535]

/**
 * Finds masks that are not binary. A pixel counts as readers get it: the samples of the decoded picture, without
 * transparency, a palette's index as its colour, 1, 2 and 4 bits spread over 0 to 255. Equal channels are one value.
 */
export class ValueMeter {
  /** Distinct values that are not 0, at most MANY. */
  private readonly values: number[] = []
  /** A pixel whose channels differ. */
  private color: readonly number[] | null = null
  private before = -1

  /** Add the pixels of a row from the first to the last one that is set. */
  row({ data, at, pixelBytes, colors, sampleBytes }: PngRow, { first, last }: SetPixels): void {
    if (this.isDone) return
    const grey = colors === 1
    for (let x = first, i = at + first * pixelBytes; x <= last; x++, i += pixelBytes) {
      const value = sampleAt(data, i, sampleBytes)
      if (!grey) {
        const second = sampleAt(data, i + sampleBytes, sampleBytes)
        const third = sampleAt(data, i + 2 * sampleBytes, sampleBytes)
        if (second !== value || third !== value) {
          this.color ??= [value, second, third]
          continue
        }
      }
      if (value === 0 || value === this.before) continue
      this.before = value
      if (this.values.includes(value)) continue
      this.values.push(value)
      if (this.isDone) return
    }
  }

  private get isDone(): boolean {
    return this.values.length === MANY
  }

  /**
   * What the mask has in place of two values; null if it is binary: 0 beside 1, or beside the full scale (255, or 65535
   * of 16 bits), or one grey value alone.
   *
   * @param hasZeros Whether any pixel is not set.
   */
  end(hasZeros: boolean): string | null {
    const { values, color } = this
    if (color) return `colours, such as (${color.join(', ')})`
    const [only, second] = values
    if (only === undefined) return null
    if (second === undefined && (!hasZeros || SET_VALUES.includes(only))) return null
    const listed = [...(hasZeros ? [0] : []), ...values.toSorted((a, b) => a - b)]
    return `values ${listed.join(', ')}${this.isDone ? ', …' : ''}`
  }
}

const sampleAt = (data: Uint8Array, at: number, sampleBytes: 1 | 2): number =>
  sampleBytes === 1 ? (data[at] as number) : (data[at] as number) * 256 + (data[at + 1] as number)
