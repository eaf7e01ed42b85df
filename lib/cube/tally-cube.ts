import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { addPatterns } from './add-patterns'
import { setsWithAny } from './choose-sets'
import type { Cube } from './cube'
import { isLost } from './failed-cells'
import { type CellSums, emptySums, type Question, type Tally } from './tally'

/**
 * Add what the cubes know to a tally: all cells but those whose images are looked at one by one.
 *
 * @param cut As `cutCells` says; null for none.
 */
export function tallyCube(
  cube: Cube,
  dimensions: Dimensions,
  question: Question,
  cut: Uint8Array | null,
  tally: Tally,
): void {
  const { selection, groups, failed, wants } = question
  const chosen = chosenLabels(selection, dimensions)
  if (wants !== 'labels') addAreas(cube, failed, cut, chosen, tally)
  if (wants === 'areas') return
  const passes = hasMaskFacets(selection) ? setsWithAny(cube.sets, chosen) : null
  if (groups) addPatterns(cube, groups, question, cut, chosen, passes)
  addLabels(cube, question, cut, chosen, tally)
  if (wants === 'all') addCells(cube, failed, cut, chosen, passes, tally)
}

function addCells(
  cube: Cube,
  failed: Uint8Array,
  cut: Uint8Array | null,
  chosen: Uint8Array,
  passes: Uint8Array | null,
  tally: Tally,
) {
  // Cells that are left out, or in no count, keep no images here.
  const sums = emptySums(failed.length)
  for (let cell = 0; cell < failed.length; cell++) {
    if (cut?.[cell] === 1 || isLost(failed[cell] as number)) continue
    addImages(cube, cell, passes, sums)
    if (passes) sums.masks[cell] = selectedMasks(cube, cell, chosen)
  }
  tally.parts.push({ failed, sums })
}

/** @param passes 1 for the label sets whose images are selected; null for all. */
function addImages(
  { images: groups }: Cube,
  cell: number,
  passes: Uint8Array | null,
  sums: CellSums,
) {
  let images = 0
  let masks = 0
  let sized = 0
  let bytes = 0
  const end = groups.starts[cell + 1] as number
  for (let group = groups.starts[cell] as number; group < end; group++) {
    if (passes !== null && passes[groups.set[group] as number] === 0) continue
    images += groups.images[group] as number
    masks += groups.masks[group] as number
    sized += groups.sized[group] as number
    bytes += groups.bytes[group] as number
  }
  sums.images[cell] = images
  sums.masks[cell] = masks
  sums.sized[cell] = sized
  sums.bytes[cell] = bytes
}

function selectedMasks({ labels }: Cube, cell: number, chosen: Uint8Array): number {
  let masks = 0
  const end = labels.starts[cell + 1] as number
  for (let row = labels.starts[cell] as number; row < end; row++)
    if (chosen[labels.label[row] as number] === 1) masks += labels.masks[row] as number
  return masks
}

function addLabels(
  { labels: { starts, label, images, masks } }: Cube,
  { failed, attribute }: Question,
  cut: Uint8Array | null,
  chosen: Uint8Array,
  { labelMasks, labelImages }: Tally,
) {
  for (let cell = 0; cell < failed.length; cell++) {
    if (failed[cell] !== 0 || cut?.[cell] === 1) continue
    const offset = attribute ? (attribute.of[cell] as number) * chosen.length : 0
    const end = starts[cell + 1] as number
    for (let row = starts[cell] as number; row < end; row++) {
      const id = label[row] as number
      if (chosen[id] === 0) continue
      const at = offset + id
      labelMasks[at] = (labelMasks[at] as number) + (masks[row] as number)
      labelImages[at] = (labelImages[at] as number) + (images[row] as number)
    }
  }
}

function addAreas(
  { areas: { starts, label, area, masks } }: Cube,
  failed: Uint8Array,
  cut: Uint8Array | null,
  chosen: Uint8Array,
  tally: Tally,
) {
  for (let cell = 0; cell < failed.length; cell++) {
    if (failed[cell] !== 0 || cut?.[cell] === 1) continue
    const end = starts[cell + 1] as number
    for (let row = starts[cell] as number; row < end; row++) {
      if (chosen[label[row] as number] === 0) continue
      const bin = area[row] as number
      tally.areas[bin] = (tally.areas[bin] as number) + (masks[row] as number)
    }
  }
}

/** 1 for each label id that is selected. */
export function chosenLabels({ labelIds }: Selection, { labels }: Dimensions): Uint8Array {
  const chosen = new Uint8Array(labels.length).fill(labelIds === null ? 1 : 0)
  for (const id of labelIds ?? []) chosen[id] = 1
  return chosen
}
