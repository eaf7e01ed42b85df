import type { RowVisitor } from '../png/decode-rows'
import type { PngRow } from '../png/samples'

/** A size in px. */
interface Size {
  readonly width: number
  readonly height: number
}

/**
 * Shrinks a picture while its rows arrive: each pixel of the result is the mean of the pixels that fall into it. Holds
 * the result alone, however large the picture is.
 */
class Shrinker {
  /** For each column of the result, the first column of the picture that falls into it; and the end of the last one. */
  private readonly starts: Uint32Array
  /** Sums below 2^32: a picture has at most 256 million pixels of 255, and the result at least 64 columns. */
  private readonly sums: Uint32Array
  /** Values of one row of the picture. */
  private readonly values: Uint8Array

  constructor(
    private readonly from: Size,
    private readonly to: Size,
    private readonly channels: number,
  ) {
    this.starts = Uint32Array.from({ length: to.width + 1 }, (_, x) =>
      Math.ceil((x * from.width) / to.width),
    )
    this.sums = new Uint32Array(to.width * to.height * channels)
    this.values = new Uint8Array(from.width)
  }

  /**
   * Add some pixels of a row, channel by channel.
   *
   * @param read Puts a channel's value of each pixel into `values`.
   */
  protected add({ y, x0, dx }: PngRow, read: (values: Uint8Array, channel: number) => void): void {
    const { from, to, channels, sums, starts, values } = this
    const row = Math.floor((y * to.height) / from.height) * to.width
    for (let c = 0; c < channels; c++) {
      read(values, c)
      for (let x = 0; x < to.width; x++) {
        // Of an interlaced picture only some columns are in the row.
        const end = Math.ceil(((starts[x + 1] as number) - x0) / dx)
        let sum = 0
        for (let i = Math.max(0, Math.ceil(((starts[x] as number) - x0) / dx)); i < end; i++)
          sum += values[i] as number
        const at = (row + x) * channels + c
        sums[at] = (sums[at] as number) + sum
      }
    }
  }

  /**
   * The means, rounded.
   *
   * @param scale What a value of 1 counts.
   */
  protected means(scale: number): Uint8Array {
    const { from, to, channels, sums, starts } = this
    const result = new Uint8Array(sums.length)
    for (let y = 0, at = 0; y < to.height; y++) {
      const rows =
        Math.ceil(((y + 1) * from.height) / to.height) - Math.ceil((y * from.height) / to.height)
      for (let x = 0; x < to.width; x++) {
        const pixels = rows * ((starts[x + 1] as number) - (starts[x] as number))
        for (let c = 0; c < channels; c++, at++)
          result[at] = Math.round((scale * (sums[at] as number)) / pixels)
      }
    }
    return result
  }
}

/** Shrinks a picture to RGB. Transparent pixels are black; of 16-bit samples the upper eight bits count. */
export class RgbShrinker extends Shrinker implements RowVisitor {
  readonly withAlpha = true
  private readonly isGrey: boolean

  /** @param colorType As in a PNG header. */
  constructor(from: Size & { readonly colorType: number }, to: Size) {
    const isGrey = from.colorType === 0 || from.colorType === 4
    super(from, to, isGrey ? 1 : 3)
    this.isGrey = isGrey
  }

  row(row: PngRow): true {
    const { count, data, at, pixelBytes, sampleBytes, alpha } = row
    this.add(row, (values, channel) => {
      for (let i = 0, from = at + channel * sampleBytes; i < count; i++, from += pixelBytes)
        values[i] = data[from] as number
      if (alpha)
        for (let i = 0; i < count; i++)
          values[i] = Math.round(((values[i] as number) * (alpha[i] as number)) / 255)
    })
    return true
  }

  /** @returns width × height × 3 bytes. */
  end(): Uint8Array {
    const means = this.means(1)
    if (!this.isGrey) return means
    const rgb = new Uint8Array(3 * means.length)
    for (let i = 0; i < means.length; i++) rgb.fill(means[i] as number, 3 * i, 3 * i + 3)
    return rgb
  }
}

/** Shrinks a mask to how much of each pixel it covers, as `coverage` does for one in memory. */
export class CoverageShrinker extends Shrinker implements RowVisitor {
  constructor(from: Size, to: Size) {
    super(from, to, 1)
  }

  row(row: PngRow): true {
    const { count, data, at, pixelBytes, colors, sampleBytes } = row
    const colorBytes = colors * sampleBytes
    this.add(row, values => {
      for (let i = 0, from = at; i < count; i++, from += pixelBytes) {
        let value = data[from] as number
        for (let c = 1; c < colorBytes; c++) value |= data[from + c] as number
        values[i] = value === 0 ? 0 : 1
      }
    })
    return true
  }

  /** @returns width × height bytes, from 0 (not covered) to 255 (covered completely). */
  end(): Uint8Array {
    return this.means(255)
  }
}
