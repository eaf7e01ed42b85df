import type { GroupCount } from '../counts/image-groups'
import { byDatasetStructure, nameGroups } from '../counts/name-groups'
import type { Totals } from '../counts/totals'
import type { Dimensions } from '../filter/dimensions'
import { IMAGE_ATTRIBUTE_OF, IMAGE_FACET_NAMES, type ImageFacetName } from '../filter/image-facets'
import type { FacetCount, SizeCount } from '../manifest/manifest'
import type { Cells } from './cells'
import { type DenseColumn, denseColumn } from './dense-column'
import { FACET_BIT, isLost, SIZE_BITS } from './failed-cells'
import { type SizeCounter, sizeCounter } from './size-counts'
import type { TallyPart } from './tally'

/** Sums by cell → totals, the counts of the image facets, and the sizes. */
export function countCells(
  cells: Cells,
  parts: readonly TallyPart[],
  dimensions: Dimensions,
): {
  totals: Totals
  facets: Record<ImageFacetName | 'datasetStructure', FacetCount[]>
  sizes: SizeCount[]
} {
  const byFacet = IMAGE_FACET_NAMES.map(name => ({
    name,
    sums: facetSums(cells[IMAGE_ATTRIBUTE_OF[name]], FACET_BIT[name]),
  }))
  // No facet has a bit of 0: these datasets are of images that pass all facets.
  const datasets = facetSums(cells.dataset, 0)
  const counted = {
    sums: [...byFacet.map(({ sums }) => sums), datasets],
    sizes: sizeCounter(),
    totals: noTotals(),
  }
  for (const part of parts)
    for (let cell = 0; cell < part.failed.length; cell++)
      /*#__NOINLINE__*/ addCell(counted, cells, part, cell)
  const found = groupsOf(datasets)
  const facets = byFacet.map(
    ({ name, sums }) => [name, nameGroups(name, groupsOf(sums), dimensions)] as const,
  )
  return {
    totals: { ...counted.totals, datasets: found.length },
    facets: {
      ...(Object.fromEntries(facets) as Record<ImageFacetName, FacetCount[]>),
      datasetStructure: byDatasetStructure(found, dimensions),
    },
    sizes: counted.sizes.counts(),
  }
}

const noTotals = () => ({ images: 0, masks: 0, datasets: 0, bytes: 0, sizedImages: 0 })

/** Images and masks by the values of a facet: of what passes all facets but this one. */
interface FacetSums {
  readonly bit: number
  readonly column: DenseColumn
  readonly images: Float64Array
  readonly masks: Float64Array
}

function facetSums(of: ArrayLike<number>, bit: number): FacetSums {
  const column = denseColumn(of)
  const n = column.values.length
  return { bit, column, images: new Float64Array(n), masks: new Float64Array(n) }
}

interface Counted {
  readonly sums: readonly FacetSums[]
  readonly sizes: SizeCounter
  /** The number of datasets is filled in last. */
  readonly totals: { -readonly [Name in keyof Totals]: Totals[Name] }
}

/** A function of its own for speed; see `tally-cube.ts`. */
function addCell(
  { sums, sizes, totals }: Counted,
  cells: Cells,
  { failed, sums: { images, masks, bytes, sized } }: TallyPart,
  cell: number,
) {
  const bits = failed[cell] as number
  const n = images[cell] as number
  if (n === 0 || isLost(bits)) return
  const itsMasks = masks[cell] as number
  if ((bits & ~SIZE_BITS) === 0)
    sizes.add(cells.width[cell] as number, cells.height[cell] as number, n)
  for (let i = 0; i < sums.length; i++) {
    const one = sums[i] as FacetSums
    if ((bits & ~one.bit) === 0)
      /*#__NOINLINE__*/ addToFacet(one, one.column.ids[cell] as number, n, itsMasks)
  }
  if (bits !== 0) return
  totals.images += n
  totals.masks += itsMasks
  totals.bytes += bytes[cell] as number
  totals.sizedImages += sized[cell] as number
}

function addToFacet({ images, masks }: FacetSums, id: number, n: number, itsMasks: number) {
  images[id] = (images[id] as number) + n
  masks[id] = (masks[id] as number) + itsMasks
}

/** The values that at least one image has, in ascending order. */
const groupsOf = ({ column, images, masks }: FacetSums): GroupCount[] =>
  column.values.flatMap((id, at) => {
    const n = images[at] as number
    return n === 0 ? [] : [{ id, images: n, masks: masks[at] as number }]
  })
