import { uprightTurn } from '../axes/known-axes'
import { isMirrored, type Turn, turned, turnText } from '../axes/turn'
import type { ImageRow } from '../queries/image-rows'
import type { GalleryView } from './view'

/** How a picture is turned for display. */
export interface Display {
  readonly turn: Turn
  /** Whether it is turned as a viewer would, and nothing else. */
  readonly isUpright: boolean
  /** Whether left and right of the upright picture were checked; true for pictures that are turned by hand only. */
  readonly sides: boolean
}

/** As the file is. */
export const AS_STORED: Display = { turn: '0', isUpright: false, sides: true }

/**
 * How a view shows a picture.
 *
 * @param simulated Pictures are drawn, so that nothing is known of how they lie.
 */
export function displayOf(
  { upright, turn }: Pick<GalleryView, 'upright' | 'turn'>,
  { dataset, submodality, axis }: Pick<ImageRow, 'dataset' | 'submodality' | 'axis'>,
  simulated: boolean,
): Display {
  const known = upright && !simulated ? uprightTurn(dataset, submodality, axis) : null
  if (!known) return { ...AS_STORED, turn }
  return { turn: turned(known.turn, turn), isUpright: turn === '0', sides: known.sides }
}

/** What stands on a turned picture; null for one that is as stored. */
export function displayText({ turn, isUpright, sides }: Display): string | null {
  if (turn === '0') return null
  const how = `${isUpright ? 'upright: ' : ''}${turnText(turn)}`
  return `Turned for display (${how}). The files are as they are.${sides ? '' : ' Left and right were not checked.'}`
}

/** The same in a word or two, for small pictures. */
export function displayMark({ turn, isUpright }: Display): string | null {
  if (turn === '0') return null
  if (isUpright) return 'turned upright'
  return isMirrored(turn) ? 'mirrored' : 'turned'
}
