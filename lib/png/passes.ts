import type { PngHeader } from './png-header'

/** A grid of pixels whose rows follow each other: the whole picture, or one of the seven passes of Adam7. */
export interface Pass {
  /** px, of the first pixel of the grid. */
  readonly x0: number
  readonly y0: number
  /** px, from one pixel of the grid to the next. */
  readonly dx: number
  readonly dy: number
  /** Pixels of a row, and rows; never 0. */
  readonly width: number
  readonly height: number
}

/** x0, y0, dx, dy of the passes, as the PNG standard (section 8.2) has them. */
const ADAM7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const

/** The passes of a picture, in the order of the file; those without a pixel are left out. */
export function passesOf({ width, height, interlaced }: PngHeader): Pass[] {
  const grids = interlaced ? ADAM7 : ([[0, 0, 1, 1]] as const)
  return grids
    .map(([x0, y0, dx, dy]) => ({
      x0,
      y0,
      dx,
      dy,
      width: Math.ceil((width - x0) / dx),
      height: Math.ceil((height - y0) / dy),
    }))
    .filter(pass => pass.width > 0 && pass.height > 0)
}

/** Samples of a pixel by colour type: all, and those that are colours. A palette's pixel is one index. */
export const CHANNELS: Readonly<Record<number, { readonly all: number; readonly colors: 1 | 3 }>> =
  {
    0: { all: 1, colors: 1 },
    2: { all: 3, colors: 3 },
    3: { all: 1, colors: 3 },
    4: { all: 2, colors: 1 },
    6: { all: 4, colors: 3 },
  }

/** Bits of a stored pixel. */
export const pixelBits = ({ colorType, bitDepth }: PngHeader): number =>
  (CHANNELS[colorType]?.all ?? 1) * bitDepth

/** Bytes of a stored row of `width` pixels, without its filter byte. */
export const rowBytes = (header: PngHeader, width: number): number =>
  Math.ceil((width * pixelBits(header)) / 8)
