/** Widths that pictures are made in, px: few, so that they are found in caches. */
export const PICTURE_WIDTHS = [64, 96, 128, 192, 256, 384, 512, 768, 1024] as const

/** A width of the list, or the picture's own. A picture that is narrower keeps its own width. */
export type PictureWidth = (typeof PICTURE_WIDTHS)[number] | 'full'

/** The narrowest width of the list that is at least `px`; the widest if none is. */
export const widthFor = (px: number): PictureWidth =>
  PICTURE_WIDTHS.find(width => width >= px) ?? PICTURE_WIDTHS[PICTURE_WIDTHS.length - 1] ?? 'full'
