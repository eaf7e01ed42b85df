import type { MaskRow, PixelBox } from '../image-row'

/**
 * A box for a mask whose box is not measured, large enough for the mask's area.
 *
 * @param random Numbers in [0, 1): the same for all slices of a case.
 */
export function phantomBox(
  { area }: MaskRow,
  width: number,
  height: number,
  random: () => number,
): PixelBox {
  const share = area === null ? 0.01 + 0.08 * random() : Math.min(1, area / 0.72 / (width * height))
  const stretch = Math.sqrt(0.6 + 0.8 * random())
  const limit = (px: number, most: number) => Math.min(most, Math.max(1, Math.ceil(px)))
  let w = limit(Math.sqrt(share) * width * stretch, width)
  const h = limit((Math.sqrt(share) * height) / stretch, height)
  if (area !== null) w = limit(Math.max(w, area / h), width)
  const x0 = Math.floor((width - w) * (0.25 + 0.5 * random()))
  const y0 = Math.floor((height - h) * (0.25 + 0.5 * random()))
  // More rows if the area does not fit even at full width.
  const rows = area === null ? h : Math.max(h, Math.ceil(area / w))
  const top = Math.min(y0, height - rows)
  return { x0, y0: top, x1: x0 + w, y1: top + rows }
}
