import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets } from '../filter/selection'
import { choicesOf } from './choices'
import { setsWithAll, setsWithAny } from './choose-sets'
import type { Cube } from './cube'
import { isLost } from './failed-cells'
import type { Question } from './tally'

/**
 * Marks with 1 the groups from which a question can select images. A group is judged by its cell and its labels only;
 * ranges that cut a bin and areas of masks are not checked here. Images whose only matching labels are merged ones
 * that were not picked are included.
 */
export function candidateGroups(
  { images: { cell, set }, sets }: Cube,
  dimensions: Dimensions,
  { selection, failed, wants }: Pick<Question, 'selection' | 'failed' | 'wants'>,
): Uint8Array {
  const passes = hasMaskFacets(selection)
    ? setsWithAny(sets, choicesOf(selection, dimensions).shown)
    : null
  const hasAll = selection.required.length > 0 ? setsWithAll(sets, selection.required) : null
  const candidates = new Uint8Array(cell.length)
  for (let group = 0; group < cell.length; group++) {
    const labels = set[group] as number
    const fails = failed[cell[group] as number] as number
    if (isLost(fails) || (fails !== 0 && wants !== 'all')) continue
    if (passes !== null && passes[labels] === 0) continue
    if (hasAll !== null && hasAll[labels] === 0) continue
    candidates[group] = 1
  }
  return candidates
}
