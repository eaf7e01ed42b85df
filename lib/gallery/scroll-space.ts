/**
 * Browsers limit the height of an element to some 17 to 33 million px; the rows of 4.6 million pictures need
 * hundreds of millions. The scrolled element is therefore shorter than its content. Near both ends one px of
 * scrolling is one px of content; in between it is more.
 */
export interface ScrollSpace {
  /** px of all rows. */
  readonly content: number
  /** Height of the visible part, px. */
  readonly viewport: number
}

/** Maximum height of the scrolled element: half of what the strictest browser allows. */
export const MAX_HEIGHT = 8_000_000

/** Within so many px of each end, scrolling is one to one. */
const EDGE = 1_000_000

/** px of the scrolled element. */
export const scrollHeight = ({ content }: ScrollSpace): number => Math.min(content, MAX_HEIGHT)

const maxContent = ({ content, viewport }: ScrollSpace) => Math.max(0, content - viewport)
const maxScroll = (space: ScrollSpace) => Math.max(0, scrollHeight(space) - space.viewport)

/** Offset in the content for a position of the scroll bar; both in px, from 0. */
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
