import type { PixelBox } from '../images/image-row'
import type { PngRow } from '../png/samples'

/** Number and position of the set pixels of a mask. */
export interface MaskExtent {
  /** Number of set pixels. */
  readonly area: number
  /** Bounding box of the set pixels; null if there are none. */
  readonly box: PixelBox | null
  /** Whether every pixel on the border of the mask is set. */
  readonly fillsBorder: boolean
}

/** Measures a mask from rows in any order, because an interlaced file stores the pixels of a row in several passes. */
export class MaskMeter {
  private area = 0
  private x0 = Number.POSITIVE_INFINITY
  private x1 = 0
  private y0 = Number.POSITIVE_INFINITY
  private y1 = 0
  private fillsBorder = true

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /**
   * Add pixels of a row. A pixel is set if any colour channel is not 0.
   *
   * @returns Positions of the first and the last set pixel among the added pixels; null if no pixel is set.
   */
  row({ y, x0, dx, count, data, at, pixelBytes, colors, sampleBytes }: PngRow): SetPixels | null {
    const colorBytes = colors * sampleBytes
    let set = 0
    let first = -1
    let last = -1
    for (let x = 0, i = at; x < count; x++, i += pixelBytes) {
      let value = data[i] as number
      for (let c = 1; c < colorBytes; c++) value |= data[i + c] as number
      if (value === 0) continue
      if (set === 0) first = x
      last = x
      set++
    }
    const isEdge = y === 0 || y === this.height - 1
    const reachesLeft = first === 0 || x0 > 0
    const reachesRight = last === count - 1 || x0 + (count - 1) * dx < this.width - 1
    if (isEdge ? set < count : !reachesLeft || !reachesRight) this.fillsBorder = false
    if (set === 0) return null
    this.area += set
    this.x0 = Math.min(this.x0, x0 + first * dx)
    this.x1 = Math.max(this.x1, x0 + last * dx + 1)
    this.y0 = Math.min(this.y0, y)
    this.y1 = Math.max(this.y1, y + 1)
    return { first, last }
  }

  /** Add a complete row without set pixels. */
  emptyRow(): void {
    this.fillsBorder = false
  }

  /** Get the result. Call this after all rows were added. */
  end(): MaskExtent {
    const { area, x0, y0, x1, y1, fillsBorder } = this
    return { area, box: area > 0 ? { x0, y0, x1, y1 } : null, fillsBorder }
  }
}

/** Positions of the first and the last set pixel among the added pixels of a row, counted from 0. */
export interface SetPixels {
  readonly first: number
  readonly last: number
}
