import type { PixelBox } from '../images/image-row'

/** Number and place of the set pixels of a mask. */
export interface MaskExtent {
  /** Number of set pixels. */
  readonly area: number
  /** Bounding box of the set pixels; null if there are none. */
  readonly box: PixelBox | null
  /** Whether every pixel on the border of the mask is set. */
  readonly fillsBorder: boolean
}

/** Measures a mask from its rows, top to bottom. */
export class MaskMeter {
  private area = 0
  private x0 = Number.POSITIVE_INFINITY
  private x1 = 0
  private y0 = -1
  private y1 = 0
  private fillsBorder = true

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {}

  /**
   * Add one row.
   *
   * @param data Pixels begin at `at` and have `pixelBytes` each. A pixel is set if any of its first `colorBytes` is
   *   not 0.
   */
  row(y: number, data: Uint8Array, at: number, pixelBytes: number, colorBytes: number): void {
    let count = 0
    let first = -1
    let last = -1
    for (let x = 0, i = at; x < this.width; x++, i += pixelBytes) {
      let value = data[i] as number
      for (let c = 1; c < colorBytes; c++) value |= data[i + c] as number
      if (value === 0) continue
      if (count === 0) first = x
      last = x
      count++
    }
    const isEdge = y === 0 || y === this.height - 1
    if (isEdge ? count < this.width : first !== 0 || last !== this.width - 1)
      this.fillsBorder = false
    if (count === 0) return
    this.area += count
    this.x0 = Math.min(this.x0, first)
    this.x1 = Math.max(this.x1, last + 1)
    if (this.y0 < 0) this.y0 = y
    this.y1 = y + 1
  }

  /** Add a row without set pixels. */
  emptyRow(): void {
    this.fillsBorder = false
  }

  /** The result, after all rows. */
  end(): MaskExtent {
    const { area, x0, y0, x1, y1, fillsBorder } = this
    return { area, box: area > 0 ? { x0, y0, x1, y1 } : null, fillsBorder }
  }
}
