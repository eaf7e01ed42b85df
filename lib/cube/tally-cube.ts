import { MAX_GROUPS } from '../counts/label-groups'
import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets } from '../filter/selection'
import { addPatterns } from './add-patterns'
import { AREAS, cellTable, sumImages } from './cell-table'
import { choicesOf } from './choices'
import { setsWithAny } from './choose-sets'
import type { Cube } from './cube'
import type { CellSums, Question, Tally } from './tally'

/**
 * Add the counts from the cubes to a tally: of all cells except those whose images are checked one by one.
 *
 * @param cut As from `cutCells`; null for no such cells.
 */
export function tallyCube(
  cube: Cube,
  dimensions: Dimensions,
  question: Question,
  cut: Uint8Array | null,
  tally: Tally,
): void {
  const { selection, groups, failed, wants, apart } = question
  const choices = choicesOf(selection, dimensions)
  const { selected, counted, shown } = choices
  const byMasks = hasMaskFacets(selection)
  const table = cellTable(cube, choices, !byMasks)
  const cells = passingCells(failed, cut)
  if (wants !== 'labels') {
    const areas = table.areas()
    for (let i = 0; i < cells.length; i++)
      if (areas) /*#__NOINLINE__*/ addTableAreas(areas, cells[i] as number, tally.areas)
      /*#__NOINLINE__*/ else addAreas(cube, cells[i] as number, counted, tally.areas)
  }
  if (wants === 'areas') return
  const passesOf = (chosen: Uint8Array) => (byMasks ? setsWithAny(cube.sets, chosen) : null)
  if (groups) {
    const known = apart ? table.groups(groups) : null
    if (known) addTableGroups(known, cells, question)
    else addPatterns(cube, groups, question, cells, shown, passesOf(shown))
  }
  addLabels(cube, question, cells, shown, tally)
  if (wants === 'all') {
    const sums = table.sums() ?? sumImages(cube, selected, passesOf(selected))
    tally.parts.push({ failed, sums: cut ? withoutCells(sums, cut) : sums })
  }
}

/** The cells that pass all image facets and are counted from the cubes. */
function passingCells(failed: Uint16Array, cut: Uint8Array | null): Uint32Array {
  const cells = new Uint32Array(failed.length)
  let n = 0
  for (let cell = 0; cell < failed.length; cell++)
    if (failed[cell] === 0 && cut?.[cell] !== 1) cells[n++] = cell
  return cells.subarray(0, n)
}

/** The sums, with 0 for the cells that are counted from the rows. */
function withoutCells(sums: CellSums, cut: Uint8Array): CellSums {
  const kept = (column: Float64Array) => column.map((n, cell) => (cut[cell] === 1 ? 0 : n))
  const { images, masks, sized, bytes } = sums
  return { images: kept(images), masks: kept(masks), sized: kept(sized), bytes: kept(bytes) }
}

// The following functions handle one cell per call, because JavaScript engines compile a small function early and
// keep it compiled, unlike a long loop around other loops. The marks keep the minifier from inlining them.

function addTableAreas(table: Uint32Array, cell: number, areas: Float64Array) {
  for (let bin = 0; bin < AREAS; bin++)
    areas[bin] = (areas[bin] as number) + (table[cell * AREAS + bin] as number)
}

function addAreas(
  { areas: { starts, label, area, masks } }: Cube,
  cell: number,
  chosen: Uint8Array,
  areas: Float64Array,
) {
  const end = starts[cell + 1] as number
  for (let row = starts[cell] as number; row < end; row++) {
    if (chosen[label[row] as number] === 0) continue
    const bin = area[row] as number
    areas[bin] = (areas[bin] as number) + (masks[row] as number)
  }
}

function addTableGroups(table: Uint32Array, cells: Uint32Array, { addPattern }: Question) {
  const sums = new Float64Array(MAX_GROUPS)
  for (let i = 0; i < cells.length; i++)
    /*#__NOINLINE__*/ addCellGroups(table, cells[i] as number, sums)
  for (const [group, n] of sums.entries()) {
    if (n === 0) continue
    if (group < 32) addPattern(0, 1 << group, 0, n)
    else addPattern(0, 0, 1 << (group - 32), n)
  }
}

function addCellGroups(table: Uint32Array, cell: number, sums: Float64Array) {
  const first = cell * MAX_GROUPS
  for (let group = 0; group < MAX_GROUPS; group++)
    sums[group] = (sums[group] as number) + (table[first + group] as number)
}

function addLabels(
  cube: Cube,
  { attribute }: Question,
  cells: Uint32Array,
  chosen: Uint8Array,
  tally: Tally,
) {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] as number
    const offset = attribute ? (attribute.of[cell] as number) * chosen.length : 0
    /*#__NOINLINE__*/ addCellLabels(cube, cell, offset, chosen, tally)
  }
}

function addCellLabels(
  { labels: { starts, label, images, masks } }: Cube,
  cell: number,
  offset: number,
  chosen: Uint8Array,
  { labelMasks, labelImages }: Tally,
) {
  const end = starts[cell + 1] as number
  for (let row = starts[cell] as number; row < end; row++) {
    const id = label[row] as number
    if (chosen[id] === 0) continue
    const at = offset + id
    labelMasks[at] = (labelMasks[at] as number) + (masks[row] as number)
    labelImages[at] = (labelImages[at] as number) + (images[row] as number)
  }
}
