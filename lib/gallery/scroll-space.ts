/**
 * Browsers cap the height of an element at some 17 to 33 million px; rows of 4.6 million pictures
 * need hundreds of millions. So the scrolled element is shorter than its content: near both ends one
 * px of scrolling is one px of content, in between the scroll bar covers more.
 */
export interface ScrollSpace {
  /** px of all rows. */
  readonly content: number
  /** px that are in sight. */
  readonly viewport: number
}

/** The highest scrolled element: half of what the strictest browser allows. */
export const MAX_HEIGHT = 8_000_000

/** From each end, so many px are scrolled one to one. */
const EDGE = 1_000_000

/** px of the scrolled element. */
export const scrollHeight = ({ content }: ScrollSpace): number => Math.min(content, MAX_HEIGHT)

const maxContent = ({ content, viewport }: ScrollSpace) => Math.max(0, content - viewport)
const maxScroll = (space: ScrollSpace) => Math.max(0, scrollHeight(space) - space.viewport)

/** Which part of the content the scroll bar's position stands for; both in px, both from 0. */
export function contentOffset(space: ScrollSpace, scrollTop: number): number {
  const [last, end] = [maxContent(space), maxScroll(space)]
  const top = Math.max(0, Math.min(scrollTop, end))
  if (last === end || top <= EDGE) return top
  if (top >= end - EDGE) return last - (end - top)
  return EDGE + ((top - EDGE) * (last - 2 * EDGE)) / (end - 2 * EDGE)
}

/** The inverse of `contentOffset`. */
export function scrollOffset(space: ScrollSpace, offset: number): number {
  const [last, end] = [maxContent(space), maxScroll(space)]
  const at = Math.max(0, Math.min(offset, last))
  if (last === end || at <= EDGE) return at
  if (at >= last - EDGE) return end - (last - at)
  return EDGE + ((at - EDGE) * (end - 2 * EDGE)) / (last - 2 * EDGE)
}
