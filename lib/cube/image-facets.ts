import type { Dimensions } from '../filter/dimensions'
import { type Filter, passesFacet, type Range } from '../filter/filter'
import { RANGE_BINS } from '../filter/range-bins'
import { type Bins, binOf } from '../manifest/bins'
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
  aspect: 128,
} as const
export type CubeFacet = keyof typeof FACET_BIT

/** Width and height at once: the chart of sizes is counted without both. */
export const SIZE_BITS = FACET_BIT.width | FACET_BIT.height

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
  const { submodality, dataset, axis } = valueBits(filter, dimensions)
  fail(cells.submodality, submodality)
  fail(cells.dataset, dataset)
  fail(cells.axis, axis)
  fail(cells.width, binBits(filter, 'width'))
  fail(cells.height, binBits(filter, 'height'))
  fail(cells.aspect, binBits(filter, 'aspect'))
  fail(cells.masksBin, binBits(filter, 'masks'))
  return failed
}

/** Bits of the value facets that each sub-modality, dataset and axis fails, by id. */
export function valueBits(filter: Filter, { submodalities, datasets }: Dimensions) {
  return {
    submodality: Uint8Array.from(
      submodalities,
      row =>
        (passesFacet(filter, 'modality', row.modality) ? 0 : FACET_BIT.modality) |
        (passesFacet(filter, 'submodality', row.submodality) ? 0 : FACET_BIT.submodality),
    ),
    dataset: Uint8Array.from(datasets, row =>
      passesFacet(filter, 'dataset', row.dataset) ? 0 : FACET_BIT.dataset,
    ),
    axis: Uint8Array.from(AXES, name => (passesFacet(filter, 'axis', name) ? 0 : FACET_BIT.axis)),
  }
}

function binBits(filter: Filter, name: 'width' | 'height' | 'aspect' | 'masks') {
  const bits = new Uint8Array(UNKNOWN_BIN + 1)
  const range: Range | undefined = filter[name]
  if (!range) return bits
  const bins: Bins = RANGE_BINS[name]
  const first = binOf(bins, range.min ?? 0)
  const last = range.max === undefined ? bins.edges.length - 1 : binOf(bins, range.max)
  // What is not measured is unknown, not in any range.
  bits.fill(FACET_BIT[name])
  return bits.fill(0, first, last + 1)
}
