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
  /** Column of the result that each column of the picture falls into. */
  protected readonly columnOf: Uint32Array
  protected readonly sums: Uint32Array

  constructor(
    private readonly from: Size,
    private readonly to: Size,
    private readonly channels: number,
  ) {
    this.columnOf = new Uint32Array(from.width)
    for (let x = 0; x < from.width; x++) this.columnOf[x] = cellOf(x, from.width, to.width)
    // At most 256 million pixels of 255 in 64 columns: sums stay below 2^32.
    this.sums = new Uint32Array(to.width * to.height * channels)
  }

  /** Pixels of the result before the row that row y of the picture falls into. */
  protected before(y: number): number {
    return cellOf(y, this.from.height, this.to.height) * this.to.width
  }

  /** The means, rounded; `scale` is what a pixel of the picture counts at most, in parts of 255. */
  protected means(scale: number): Uint8Array {
    const { from, to, channels, sums } = this
    const columns = cellSizes(from.width, to.width)
    const rows = cellSizes(from.height, to.height)
    const result = new Uint8Array(sums.length)
    for (let y = 0, at = 0; y < to.height; y++)
      for (let x = 0; x < to.width; x++) {
        const pixels = (rows[y] as number) * (columns[x] as number)
        for (let c = 0; c < channels; c++, at++)
          result[at] = Math.round((scale * (sums[at] as number)) / pixels)
      }
    return result
  }
}

/** Shrinks a picture to RGB. Transparent pixels are black; of 16-bit samples the upper eight bits count. */
export class RgbShrinker extends Shrinker implements RowVisitor {
  readonly withAlpha = true

  constructor(from: Size, to: Size) {
    super(from, to, 3)
  }

  row(row: PngRow): true {
    const { y, x0, dx, count, data, at, pixelBytes, colors, sampleBytes, alpha } = row
    const { sums, columnOf } = this
    const before = this.before(y)
    const offsets = colors === 1 ? [0, 0, 0] : [0, sampleBytes, 2 * sampleBytes]
    for (let i = 0, from = at; i < count; i++, from += pixelBytes) {
      const to = (before + (columnOf[x0 + i * dx] as number)) * 3
      for (let c = 0; c < 3; c++) {
        const value = data[from + (offsets[c] as number)] as number
        const part = alpha === null ? value : Math.round((value * (alpha[i] as number)) / 255)
        sums[to + c] = (sums[to + c] as number) + part
      }
    }
    return true
  }

  /** @returns width × height × 3 bytes. */
  end(): Uint8Array {
    return this.means(1)
  }
}

/** Shrinks a mask to how much of each pixel it covers, as `coverage` does for one in memory. */
export class CoverageShrinker extends Shrinker implements RowVisitor {
  constructor(from: Size, to: Size) {
    super(from, to, 1)
  }

  row(row: PngRow): true {
    const { y, x0, dx, count, data, at, pixelBytes, colors, sampleBytes } = row
    const { sums, columnOf } = this
    const before = this.before(y)
    const colorBytes = colors * sampleBytes
    for (let i = 0, from = at; i < count; i++, from += pixelBytes) {
      let value = data[from] as number
      for (let c = 1; c < colorBytes; c++) value |= data[from + c] as number
      if (value === 0) continue
      const to = before + (columnOf[x0 + i * dx] as number)
      sums[to] = (sums[to] as number) + 1
    }
    return true
  }

  /** @returns width × height bytes, from 0 (not covered) to 255 (covered completely). */
  end(): Uint8Array {
    return this.means(255)
  }
}

const cellOf = (at: number, size: number, to: number) => Math.floor((at * to) / size)

/** Number of the `size` pixels that fall into each of `to` cells. */
function cellSizes(size: number, to: number): Uint32Array {
  const sizes = new Uint32Array(to)
  for (let i = 0; i < size; i++) {
    const cell = cellOf(i, size, to)
    sizes[cell] = (sizes[cell] as number) + 1
  }
  return sizes
}
