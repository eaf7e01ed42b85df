import type { Dimensions } from '../filter/dimensions'
import { type Filter, passesFacet } from '../filter/filter'
import { flagTest, passesFlags } from '../filter/flag-test'
import { binsOfRange } from '../filter/range-bins'
import { AXES } from '../manifest/tables'
import { type Cells, RANGED } from './cells'
import { denseColumn } from './dense-column'
import { gapsOf } from './planner'

/** One bit for each image facet. */
export const FACET_BIT = {
  modality: 1,
  submodality: 2,
  dataset: 4,
  axis: 8,
  width: 16,
  height: 32,
  masks: 64,
  aspect: 128,
  flag: 256,
} as const

/** Width and height at once: the chart of sizes is counted without both. */
export const SIZE_BITS = FACET_BIT.width | FACET_BIT.height

/**
 * Which image facets each cell fails, as bits: 0 passes all; a cell that fails one facet only still
 * counts among that facet's own values. Of a bin that a range cuts some images may pass, so it does.
 */
export function failedCells(cells: Cells, filter: Filter, dimensions: Dimensions): Uint16Array {
  const failed = new Uint16Array(cells.dataset.length)
  /** @param bitsOf The bits of the facets that a value of the column fails. */
  const fail = (column: ArrayLike<number>, bitsOf: (value: number) => number) => {
    const { ids, values } = denseColumn(column)
    const bits = Uint16Array.from(values, bitsOf)
    if (bits.some(one => one !== 0)) /*#__NOINLINE__*/ failColumn(failed, ids, bits)
  }
  const passes = (
    facet: 'modality' | 'submodality' | 'dataset' | 'axis',
    value: string | undefined,
  ) => (value === undefined || passesFacet(filter, facet, value) ? 0 : FACET_BIT[facet])
  const { submodalities, datasets } = dimensions
  fail(
    cells.submodality,
    id =>
      passes('modality', submodalities[id]?.modality) |
      passes('submodality', submodalities[id]?.submodality),
  )
  fail(cells.dataset, id => passes('dataset', datasets[id]?.dataset))
  fail(cells.axis, id => passes('axis', AXES[id]))
  for (const name of RANGED) {
    const range = filter[name]
    if (!range) continue
    const { first, last } = binsOfRange(name, range)
    // What is not measured is unknown, not in any range.
    fail(cells[name], bin => (bin >= first && bin <= last ? 0 : FACET_BIT[name]))
  }
  const flags = flagTest(filter)
  if (flags) fail(cells.flags, value => (passesFlags(flags, value) ? 0 : FACET_BIT.flag))
  return failed
}

function failColumn(failed: Uint16Array, ids: Uint16Array, bits: Uint16Array) {
  for (let cell = 0; cell < failed.length; cell++)
    failed[cell] = (failed[cell] as number) | (bits[ids[cell] as number] as number)
}

/** All bits: of what fails for whichever facet is left out. */
export const ALL_FAILED = 0xffff

/** Whether a cell, or an image, fails so many facets that no count has it, not even that of sizes. */
export const isLost = (failed: number): boolean =>
  (failed & (failed - 1)) !== 0 && failed !== SIZE_BITS

/**
 * The cells whose images must be looked at one by one, as 1: those of bins that a range cuts, or all
 * of them. Null if the cubes answer alone.
 */
export function cutCells(cells: Cells, filter: Filter): Uint8Array | null {
  const { everywhere, cut } = gapsOf(filter)
  if (everywhere.length === 0 && cut.length === 0) return null
  const looked = new Uint8Array(cells.dataset.length)
  if (everywhere.length > 0) return looked.fill(1)
  for (const { name, bin } of cut) {
    const column = cells[name]
    for (let cell = 0; cell < looked.length; cell++) if (column[cell] === bin) looked[cell] = 1
  }
  return looked
}
