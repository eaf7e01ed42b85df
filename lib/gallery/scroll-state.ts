import { contentOffset, type ScrollSpace, scrollOffset } from './scroll-space'

/**
 * Scroll position of a long grid. Rows are drawn `shift` px below their position in the content. Small moves
 * scroll them one to one; only a jump of the scroll bar changes the shift.
 */
export interface ScrollState {
  /** The element's scrollTop, px. */
  readonly scrollTop: number
  /** Whole px; 0 if the content fits the maximum height of an element. */
  readonly shift: number
}

export const AT_TOP: ScrollState = { scrollTop: 0, shift: 0 }

/** A move by more viewports than this is a jump of the scroll bar, not of a wheel, a finger or a key. */
const JUMP_VIEWPORTS = 4

/** px of content above the visible part. */
export const offsetOf = ({ scrollTop, shift }: ScrollState): number => scrollTop - shift

/** The state after the browser has scrolled. */
export function scrolled(state: ScrollState, scrollTop: number, space: ScrollSpace): ScrollState {
  const moved = Math.abs(scrollTop - state.scrollTop)
  const offset = scrollTop - state.shift
  const isInside = offset >= 0 && offset <= Math.max(0, space.content - space.viewport)
  if (moved <= JUMP_VIEWPORTS * space.viewport && isInside) return { scrollTop, shift: state.shift }
  return { scrollTop, shift: Math.round(scrollTop - contentOffset(space, scrollTop)) }
}

/** The state with an offset of the content at the top, as near as the ends allow. */
export function scrolledTo(offset: number, space: ScrollSpace): ScrollState {
  const at = Math.max(0, Math.min(offset, space.content - space.viewport))
  const scrollTop = Math.round(scrollOffset(space, at))
  return { scrollTop, shift: Math.round(scrollTop - at) }
}

/** The state when scrolling rests: the scroll bar moves to match the content, which stays where it is. */
export const settled = (state: ScrollState, space: ScrollSpace): ScrollState =>
  scrolledTo(offsetOf(state), space)
