import { contentOffset, type ScrollSpace, scrollOffset } from './scroll-space'

/**
 * Where a long grid is scrolled to. Rows lie `shift` px below their place in the content, so small
 * moves scroll them as any other element; only a jump along the scroll bar moves them.
 */
export interface ScrollState {
  /** The element's scrollTop, px. */
  readonly scrollTop: number
  /** Whole px; 0 where the content is not longer than an element may be. */
  readonly shift: number
}

export const AT_TOP: ScrollState = { scrollTop: 0, shift: 0 }

/** A move of more viewports than this is the scroll bar, not a wheel, a finger or a key. */
const JUMP_VIEWPORTS = 4

/** px of content above what is in sight. */
export const offsetOf = ({ scrollTop, shift }: ScrollState): number => scrollTop - shift

/** After the browser scrolled. */
export function scrolled(state: ScrollState, scrollTop: number, space: ScrollSpace): ScrollState {
  const moved = Math.abs(scrollTop - state.scrollTop)
  const offset = scrollTop - state.shift
  const isInside = offset >= 0 && offset <= Math.max(0, space.content - space.viewport)
  if (moved <= JUMP_VIEWPORTS * space.viewport && isInside) return { scrollTop, shift: state.shift }
  return { scrollTop, shift: Math.round(scrollTop - contentOffset(space, scrollTop)) }
}

/** Scrolled so that an offset of the content is at the top, as near as the ends allow. */
export function scrolledTo(offset: number, space: ScrollSpace): ScrollState {
  const at = Math.max(0, Math.min(offset, space.content - space.viewport))
  const scrollTop = Math.round(scrollOffset(space, at))
  return { scrollTop, shift: Math.round(scrollTop - at) }
}

/** Once scrolling rests: the scroll bar goes to where the content is, and nothing is seen to move. */
export const settled = (state: ScrollState, space: ScrollSpace): ScrollState =>
  scrolledTo(offsetOf(state), space)
