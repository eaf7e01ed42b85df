/** Widths of pictures, px. Only a few, so that caches often have them. */
export const PICTURE_WIDTHS = [64, 96, 128, 192, 256, 384, 512, 768, 1024] as const

/** A width of the list, or `full` for the stored width. Pictures are never enlarged. */
export type PictureWidth = (typeof PICTURE_WIDTHS)[number] | 'full'

/** The smallest width of the list that is at least `px`; the largest if all are smaller. */
export const widthFor = (px: number): PictureWidth =>
  PICTURE_WIDTHS.find(width => width >= px) ?? PICTURE_WIDTHS[PICTURE_WIDTHS.length - 1] ?? 'full'

/** Maximum pixels of a picture that is decoded as a whole, and of a drawing; larger ones are shrunk row by row. */
export const MAX_WHOLE_PIXELS = 25e6

/** The width that stands for `full` of larger pictures, px. */
export const LARGE_WIDTH = 1024

interface Size {
  readonly width: number
  readonly height: number
}

/** Whether a picture is too large to be held in memory, and to be drawn, with all its pixels. */
export const isLarge = ({ width, height }: Size): boolean => width * height > MAX_WHOLE_PIXELS

/**
 * The size that a picture is drawn at. Keeps the aspect ratio and enlarges nothing.
 *
 * @param size Stored size, px.
 */
export function drawnSize(size: Size, wanted: PictureWidth): Size {
  const width = wanted === 'full' ? (isLarge(size) ? LARGE_WIDTH : size.width) : wanted
  const scale = Math.min(
    1,
    width / size.width,
    // Of a picture that is narrow and very tall, the height must be bounded too.
    isLarge(size) ? Math.sqrt(MAX_WHOLE_PIXELS / (size.width * size.height)) : 1,
  )
  if (scale === 1) return size
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  }
}
