import type { Dimensions } from '../filter/dimensions'
import { type Filter, passesFacet, type Range } from '../filter/filter'
import { type Bins, binOf, MASK_COUNT_BINS, SIZE_BINS } from '../manifest/bins'
import { AXES } from '../manifest/tables'
import { type CellFacets, UNKNOWN_BIN } from './cube'

/** One bit for each image facet. */
export const FACET_BIT = {
  modality: 1,
  submodality: 2,
  dataset: 4,
  axis: 8,
  width: 16,
  height: 32,
  masks: 64,
} as const
export type CubeFacet = keyof typeof FACET_BIT

/**
 * Which image facets each cell fails, as bits: 0 passes all; a cell that fails one facet only still
 * counts among that facet's own values. Ranges must be of whole bins.
 */
export function failedFacets(
  cells: CellFacets,
  filter: Filter,
  dimensions: Dimensions,
): Uint8Array<ArrayBuffer> {
  const failed = new Uint8Array(cells.dataset.length)
  const fail = (column: Uint8Array | Uint16Array, bits: Uint8Array) => {
    if (bits.every(bit => bit === 0)) return
    for (let cell = 0; cell < failed.length; cell++)
      failed[cell] = (failed[cell] as number) | (bits[column[cell] as number] as number)
  }
  fail(cells.submodality, submodalityBits(filter, dimensions))
  fail(cells.dataset, datasetBits(filter, dimensions))
  fail(cells.axis, axisBits(filter))
  fail(cells.width, binBits(SIZE_BINS, filter.width, FACET_BIT.width))
  fail(cells.height, binBits(SIZE_BINS, filter.height, FACET_BIT.height))
  fail(cells.masksBin, binBits(MASK_COUNT_BINS, filter.masks, FACET_BIT.masks))
  return failed
}

const submodalityBits = (filter: Filter, { submodalities }: Dimensions) =>
  Uint8Array.from(
    submodalities,
    row =>
      (passesFacet(filter, 'modality', row.modality) ? 0 : FACET_BIT.modality) |
      (passesFacet(filter, 'submodality', row.submodality) ? 0 : FACET_BIT.submodality),
  )

const datasetBits = (filter: Filter, { datasets }: Dimensions) =>
  Uint8Array.from(datasets, row =>
    passesFacet(filter, 'dataset', row.dataset) ? 0 : FACET_BIT.dataset,
  )

const axisBits = (filter: Filter) =>
  Uint8Array.from(AXES, name => (passesFacet(filter, 'axis', name) ? 0 : FACET_BIT.axis))

function binBits(bins: Bins, range: Range | undefined, bit: number) {
  const bits = new Uint8Array(UNKNOWN_BIN + 1)
  if (!range) return bits
  const first = binOf(bins, range.min ?? 0)
  const last = range.max === undefined ? bins.edges.length - 1 : binOf(bins, range.max)
  // What is not measured is unknown, not in any range.
  bits.fill(bit)
  return bits.fill(0, first, last + 1)
}
