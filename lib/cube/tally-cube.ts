import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { MAX_GROUPS } from '../queries/label-groups'
import type { Cube } from './cube'
import { setGroups } from './set-groups'
import { addBits, type CellSums, emptySums, type Question, type Tally } from './tally'

/**
 * Add what the cubes know to a tally: all cells but those whose images are looked at one by one.
 *
 * @param cut As `cutCells` says; null for none.
 * @param patterns Told the groups of each label set whose images pass, and how many these are.
 */
export function tallyCube(
  cube: Cube,
  dimensions: Dimensions,
  question: Question,
  cut: Uint8Array | null,
  tally: Tally,
  patterns?: (low: number, high: number, images: number) => void,
): void {
  const { selection, groups, attribute } = question
  const chosen = chosenLabels(selection, dimensions)
  const byMask = hasMaskFacets(selection)
  const { passes, low, high } = setGroups(cube.sets, chosen, groups)
  const sums = emptySums(cube.cells.dataset.length)
  // A cell that is left out fails everything.
  const failed = cut === null ? question.failed : leaveOut(question.failed, cut)
  const bySet = new Float64Array(attribute || patterns ? 0 : cube.sets.count)

  const { cell, set, images, masks, sized, bytes } = cube.images
  for (let row = 0; row < cell.length; row++) {
    const at = cell[row] as number
    const labels = set[row] as number
    if (failed[at] === LEFT_OUT || (byMask && passes[labels] === 0)) continue
    const n = images[row] as number
    sums.images[at] = (sums.images[at] as number) + n
    sums.masks[at] = (sums.masks[at] as number) + (masks[row] as number)
    sums.sized[at] = (sums.sized[at] as number) + (sized[row] as number)
    sums.bytes[at] = (sums.bytes[at] as number) + (bytes[row] as number)
    if (failed[at] !== 0) continue
    patterns?.(low[labels] as number, high[labels] as number, n)
    if (attribute) {
      const offset = (attribute.of[at] as number) * MAX_GROUPS
      addBits(tally.groupImages, low[labels] as number, offset, n)
      addBits(tally.groupImages, high[labels] as number, offset + 32, n)
    } else if (!patterns) bySet[labels] = (bySet[labels] as number) + n
  }
  // Many cells share a set: its groups are added once.
  for (let labels = 0; labels < bySet.length; labels++) {
    const n = bySet[labels] as number
    if (n === 0) continue
    addBits(tally.groupImages, low[labels] as number, 0, n)
    addBits(tally.groupImages, high[labels] as number, 32, n)
  }
  addLabels(cube, question, failed, chosen, byMask ? sums : null, tally)
  addAreas(cube, failed, chosen, tally)
  tally.parts.push({ failed, sums })
}

const LEFT_OUT = 255

function leaveOut(failed: Uint8Array, cut: Uint8Array): Uint8Array {
  return failed.map((bits, cell) => (cut[cell] === 1 ? LEFT_OUT : bits))
}

/** @param selected Sums whose masks are to be the chosen ones; null if they are all masks. */
function addLabels(
  { labels }: Cube,
  { attribute }: Question,
  failed: Uint8Array,
  chosen: Uint8Array,
  selected: CellSums | null,
  tally: Tally,
) {
  selected?.masks.fill(0)
  for (let row = 0; row < labels.cell.length; row++) {
    const at = labels.cell[row] as number
    const label = labels.label[row] as number
    if (failed[at] === LEFT_OUT || chosen[label] === 0) continue
    const masks = labels.masks[row] as number
    if (selected) selected.masks[at] = (selected.masks[at] as number) + masks
    if (failed[at] !== 0) continue
    const value = attribute ? (attribute.of[at] as number) : 0
    const place = value * chosen.length + label
    tally.labelMasks[place] = (tally.labelMasks[place] as number) + masks
    tally.labelImages[place] = (tally.labelImages[place] as number) + (labels.images[row] as number)
  }
}

function addAreas({ areas }: Cube, failed: Uint8Array, chosen: Uint8Array, tally: Tally) {
  for (let row = 0; row < areas.cell.length; row++)
    if (failed[areas.cell[row] as number] === 0 && chosen[areas.label[row] as number] === 1) {
      const bin = areas.area[row] as number
      tally.areas[bin] = (tally.areas[bin] as number) + (areas.masks[row] as number)
    }
}

/** 1 for each label id that is selected. */
export function chosenLabels({ labelIds }: Selection, { labels }: Dimensions): Uint8Array {
  const chosen = new Uint8Array(labels.length).fill(labelIds === null ? 1 : 0)
  for (const id of labelIds ?? []) chosen[id] = 1
  return chosen
}
