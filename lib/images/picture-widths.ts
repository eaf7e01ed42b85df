/** Widths of pictures, px. Only a few, so that caches often have them. */
export const PICTURE_WIDTHS = [64, 96, 128, 192, 256, 384, 512, 768, 1024] as const

/** A width of the list, or `full` for the stored width. Pictures are never enlarged. */
export type PictureWidth = (typeof PICTURE_WIDTHS)[number] | 'full'

/** The smallest width of the list that is at least `px`; the largest if all are smaller. */
export const widthFor = (px: number): PictureWidth =>
  PICTURE_WIDTHS.find(width => width >= px) ?? PICTURE_WIDTHS[PICTURE_WIDTHS.length - 1] ?? 'full'
