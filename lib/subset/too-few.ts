import { countOf } from '../format'
import { listed } from './listed'
import type { Refusal } from './refusal'

const FEWER = 'Choose fewer folds, or a filter with more images.'

/**
 * Why folds cannot be filled; null if they can.
 *
 * @param units Counts: `units` that are never cut, `members` in them, and `by`, the word for a member (patient, case or
 *   image).
 * @param test Whether a test split should have images too.
 */
export function foldsRefusal(
  folds: number,
  test: boolean,
  { units, members, by }: { units: number; members: number; by: string },
): Refusal | null {
  if (units >= folds + (test ? 1 : 0)) return null
  const parts = listed([countOf(folds, 'fold'), ...(test ? ['test'] : [])])
  const tied = units < members ? ` in ${countOf(units, 'group')} that are kept together` : ''
  return {
    reason: `${countOf(members, by)}${tied} cannot fill ${parts}.`,
    isHeld: false,
    advice: FEWER,
  }
}

/**
 * Why a split with empty folds is refused; null if no fold is empty.
 *
 * @param filled Number of folds that have images.
 */
export const emptyFoldsRefusal = (folds: number, filled: number): Refusal | null =>
  filled >= folds
    ? null
    : {
        reason: `${countOf(folds, 'fold')} cannot be filled: ${countOf(folds - filled, 'fold')} would have no image.`,
        isHeld: false,
        advice: FEWER,
      }
