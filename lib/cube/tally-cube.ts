import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { MAX_GROUPS } from '../queries/label-groups'
import { addPatterns } from './add-patterns'
import { AREAS, cellTable, sumImages } from './cell-table'
import { setsWithAny } from './choose-sets'
import type { Cube } from './cube'
import type { CellSums, Question, Tally } from './tally'

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
  const { selection, groups, failed, wants, apart } = question
  const chosen = chosenLabels(selection, dimensions)
  const byMasks = hasMaskFacets(selection)
  const table = cellTable(cube, chosen, !byMasks)
  if (wants !== 'labels') {
    const areas = table.areas()
    if (areas) addTableAreas(areas, failed, cut, tally)
    else addAreas(cube, failed, cut, chosen, tally)
  }
  if (wants === 'areas') return
  const passes = byMasks ? setsWithAny(cube.sets, chosen) : null
  if (groups) {
    const known = apart ? table.groups(groups) : null
    if (known) addTableGroups(known, question, cut)
    else addPatterns(cube, groups, question, cut, chosen, passes)
  }
  addLabels(cube, question, cut, chosen, tally)
  if (wants === 'all') {
    const sums = table.sums() ?? sumImages(cube, chosen, passes)
    tally.parts.push({ failed, sums: cut ? withoutCells(sums, cut) : sums })
  }
}

/** The sums with nothing in the cells that are left out. */
function withoutCells(sums: CellSums, cut: Uint8Array): CellSums {
  const kept = (column: Float64Array) => column.map((n, cell) => (cut[cell] === 1 ? 0 : n))
  const { images, masks, sized, bytes } = sums
  return { images: kept(images), masks: kept(masks), sized: kept(sized), bytes: kept(bytes) }
}

function addTableAreas(
  areas: Float64Array,
  failed: Uint16Array,
  cut: Uint8Array | null,
  tally: Tally,
) {
  for (let cell = 0; cell < failed.length; cell++) {
    if (failed[cell] !== 0 || cut?.[cell] === 1) continue
    for (let bin = 0; bin < AREAS; bin++)
      tally.areas[bin] = (tally.areas[bin] as number) + (areas[cell * AREAS + bin] as number)
  }
}

function addTableGroups(
  images: Uint32Array,
  { failed, addPattern }: Question,
  cut: Uint8Array | null,
) {
  const sums = new Float64Array(MAX_GROUPS)
  for (let cell = 0; cell < failed.length; cell++) {
    if (failed[cell] !== 0 || cut?.[cell] === 1) continue
    for (let group = 0; group < MAX_GROUPS; group++)
      sums[group] = (sums[group] as number) + (images[cell * MAX_GROUPS + group] as number)
  }
  for (const [group, n] of sums.entries()) {
    if (n === 0) continue
    if (group < 32) addPattern(0, 1 << group, 0, n)
    else addPattern(0, 0, 1 << (group - 32), n)
  }
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
  failed: Uint16Array,
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
