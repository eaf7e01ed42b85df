import type { PngRow } from '../png/samples'
import type { SetPixels } from './mask-extent'

/** Maximum number of distinct values that are recorded and listed in the message. */
const MANY = 4

/** Values that set pixels of a binary mask may have: 1, or full scale (255 for 8 bits, 65535 for 16 bits). */
const SET_VALUES: readonly number[] = [1, 255, 65_535]

/**
 * Finds masks that are not binary. Values are those of the decoded picture: palette colours are resolved, samples of 1,
 * 2 and 4 bits are scaled to 0 to 255, and transparency is ignored. A pixel with equal channels counts as one value.
 */
export class ValueMeter {
  /** Distinct nonzero values, at most MANY. */
  private readonly values: number[] = []
  /** The first pixel with different channels; null if there is none. */
  private color: readonly number[] | null = null
  private before = -1

  /** Add the pixels of a row, from the first to the last set pixel. */
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
   * Describe the values of a mask that is not binary. A mask is binary if it has 0 and one of SET_VALUES, or only one
   * grey value.
   *
   * @param hasZeros Whether any pixel is not set.
   * @returns Description for the flag `non_binary`; null if the mask is binary.
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
