import type { Dimensions } from '../filter/dimensions'
import { type Filter, passesFacet } from '../filter/filter'
import { flagTest, passesFlags } from '../filter/flag-test'
import {
  IMAGE_ATTRIBUTE_OF,
  IMAGE_FACET_NAMES,
  type ImageFacetName,
  LISTED_FACET_NAMES,
  LISTED_FACETS,
} from '../filter/image-facets'
import { binsOfRange } from '../filter/range-bins'
import { BINNED_ATTRIBUTES } from '../manifest/image-attributes'
import type { Cells } from './cells'
import { denseColumn } from './dense-column'
import { gapsOf } from './planner'

/** One bit for each image facet; 16 fit. */
export const FACET_BIT = Object.fromEntries(
  IMAGE_FACET_NAMES.map((name, at) => [name, 1 << at]),
) as Readonly<Record<ImageFacetName, number>>

/** Width and height together: the chart of sizes ignores both facets. */
export const SIZE_BITS = FACET_BIT.width | FACET_BIT.height

/**
 * The image facets that each cell fails, as bits: 0 passes all. A cell that fails only one facet still counts among
 * that facet's own values. Where a range cuts a bin, some images of the bin may pass, so its cells do not fail.
 */
export function failedCells(cells: Cells, filter: Filter, dimensions: Dimensions): Uint16Array {
  const failed = new Uint16Array(cells.dataset.length)
  /** @param passes Whether a value of the facet's attribute passes. */
  const fail = (facet: ImageFacetName, passes: (id: number) => boolean) => {
    const { ids, values } = denseColumn(cells[IMAGE_ATTRIBUTE_OF[facet]])
    const bits = Uint16Array.from(values, id => (passes(id) ? 0 : FACET_BIT[facet]))
    if (bits.some(one => one !== 0)) /*#__NOINLINE__*/ failColumn(failed, ids, bits)
  }
  for (const facet of LISTED_FACET_NAMES) {
    if (!filter[facet] && !filter.not?.[facet]) continue
    const named = LISTED_FACETS[facet](dimensions)
    fail(facet, id => {
      const value = named[id]
      // An image whose value is unknown passes neither a value nor the exclusion of one.
      return value !== undefined && passesFacet(filter, facet, value)
    })
  }
  for (const name of BINNED_ATTRIBUTES) {
    const range = filter[name]
    if (!range) continue
    const { first, last } = binsOfRange(name, range)
    // An image that is not measured is in no range.
    fail(name, bin => bin >= first && bin <= last)
  }
  const flags = flagTest(filter)
  if (flags) fail('flag', value => passesFlags(flags, value))
  return failed
}

function failColumn(failed: Uint16Array, ids: Uint16Array, bits: Uint16Array) {
  for (let cell = 0; cell < failed.length; cell++)
    failed[cell] = (failed[cell] as number) | (bits[ids[cell] as number] as number)
}

/** Fails even if any one facet is ignored. */
export const ALL_FAILED = 0xffff

/** Whether a cell or an image fails so many facets that it is in no count, not even in the chart of sizes. */
export const isLost = (failed: number): boolean =>
  (failed & (failed - 1)) !== 0 && failed !== SIZE_BITS

/**
 * Marks with 1 the cells whose images must be checked one by one: those with a bin that a range cuts, or all cells.
 * Null if the cubes answer the filter alone.
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
