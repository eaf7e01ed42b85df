import sharp from 'sharp'

/** px. */
export async function sizeOf(png: Buffer): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(png).metadata()
  return { width, height }
}

export interface DecodedMask {
  /** px. */
  readonly width: number
  readonly height: number
  /** 0 or 1, row by row. */
  readonly pixels: Uint8Array
  /** Values that its bytes have, ascending. */
  readonly values: readonly number[]
}

/** A mask's pixels, decoded in full. */
export async function decodeMask(png: Buffer): Promise<DecodedMask> {
  const { data, info } = await sharp(png, { failOn: 'warning' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true })
  if (info.channels !== 1) throw new Error(`a mask of ${info.channels} channels`)
  return {
    width: info.width,
    height: info.height,
    pixels: Uint8Array.from(data, value => (value ? 1 : 0)),
    values: [...new Set(data)].sort((a, b) => a - b),
  }
}

/** Pixels that are set, and their box as x, y, width, height; null without any. */
export function extentOf({ width, pixels }: Pick<DecodedMask, 'width' | 'pixels'>) {
  const set = [...pixels].flatMap((value, i) => (value ? [i] : []))
  const [xs, ys] = [set.map(i => i % width), set.map(i => Math.floor(i / width))]
  const [x, y] = [Math.min(...xs), Math.min(...ys)]
  const box = [x, y, Math.max(...xs) + 1 - x, Math.max(...ys) + 1 - y]
  return { area: set.length, box: set.length > 0 ? box : null }
}
