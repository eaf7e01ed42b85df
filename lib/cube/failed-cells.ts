import type { Dimensions } from '../filter/dimensions'
import { type Filter, passesFacet } from '../filter/filter'
import { flagTest, passesFlags } from '../filter/flag-test'
import { binsOfRange } from '../filter/range-bins'
import { AXES } from '../manifest/tables'
import { type Cells, RANGED, UNKNOWN_BIN } from './cells'
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
  const fail = (column: ArrayLike<number>, bits: ArrayLike<number>) => {
    for (let cell = 0; cell < failed.length; cell++)
      failed[cell] = (failed[cell] as number) | (bits[column[cell] as number] as number)
  }
  const { submodalities, datasets } = dimensions
  fail(
    cells.submodality,
    Uint8Array.from(
      submodalities,
      row =>
        (passesFacet(filter, 'modality', row.modality) ? 0 : FACET_BIT.modality) |
        (passesFacet(filter, 'submodality', row.submodality) ? 0 : FACET_BIT.submodality),
    ),
  )
  fail(
    cells.dataset,
    Uint8Array.from(datasets, row =>
      passesFacet(filter, 'dataset', row.dataset) ? 0 : FACET_BIT.dataset,
    ),
  )
  fail(
    cells.axis,
    Uint8Array.from(AXES, name => (passesFacet(filter, 'axis', name) ? 0 : FACET_BIT.axis)),
  )
  for (const name of RANGED) {
    const range = filter[name]
    if (!range) continue
    const { first, last } = binsOfRange(name, range)
    // What is not measured is unknown, not in any range.
    fail(
      cells[name],
      new Uint8Array(UNKNOWN_BIN + 1).fill(FACET_BIT[name]).fill(0, first, last + 1),
    )
  }
  const flags = flagTest(filter)
  if (flags)
    for (let cell = 0; cell < failed.length; cell++)
      if (!passesFlags(flags, cells.flags[cell] as number))
        failed[cell] = (failed[cell] as number) | FACET_BIT.flag
  return failed
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
