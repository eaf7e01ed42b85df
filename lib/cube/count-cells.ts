import type { Dimensions } from '../filter/dimensions'
import type { FacetCount, SizeCount } from '../manifest/manifest'
import type { GroupCount } from '../queries/image-groups'
import {
  byDatasetStructure,
  IMAGE_FACET_NAMES,
  type ImageFacetName,
  nameGroups,
} from '../queries/name-groups'
import type { Totals } from '../queries/totals'
import type { Cells } from './cells'
import { FACET_BIT, SIZE_BITS } from './failed-cells'
import { sizeCounter } from './size-counts'
import type { TallyPart } from './tally'

/** Which column of the cells answers for which facet. */
const columnOf = (cells: Cells, name: ImageFacetName): ArrayLike<number> => {
  if (name === 'modality') return cells.submodality
  return name === 'flag' ? cells.flags : cells[name]
}

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
  const datasets = groupsOf(parts, cells.dataset, 0)
  const byFacet = IMAGE_FACET_NAMES.map(name => {
    const column = columnOf(cells, name)
    return [name, nameGroups(name, groupsOf(parts, column, FACET_BIT[name]), dimensions)] as const
  })
  const totals = { images: 0, masks: 0, datasets: datasets.length, bytes: 0, sizedImages: 0 }
  const sizes = sizeCounter()
  for (const { failed, sums } of parts)
    for (let cell = 0; cell < failed.length; cell++) {
      const bits = failed[cell] as number
      const images = sums.images[cell] as number
      if ((bits & ~SIZE_BITS) === 0)
        sizes.add(cells.width[cell] as number, cells.height[cell] as number, images)
      if (bits !== 0) continue
      totals.images += images
      totals.masks += sums.masks[cell] as number
      totals.bytes += sums.bytes[cell] as number
      totals.sizedImages += sums.sized[cell] as number
    }
  return {
    totals,
    facets: {
      ...(Object.fromEntries(byFacet) as Record<ImageFacetName, FacetCount[]>),
      datasetStructure: byDatasetStructure(datasets, dimensions),
    },
    sizes: sizes.counts(),
  }
}

/** Images and masks by the values of a column, without the facet of that bit. */
function groupsOf(
  parts: readonly TallyPart[],
  column: ArrayLike<number>,
  bit: number,
): GroupCount[] {
  const images: number[] = []
  const masks: number[] = []
  for (const { failed, sums } of parts)
    for (let cell = 0; cell < failed.length; cell++) {
      const n = sums.images[cell] as number
      if (n === 0 || ((failed[cell] as number) & ~bit) !== 0) continue
      const id = column[cell] as number
      images[id] = (images[id] ?? 0) + n
      masks[id] = (masks[id] ?? 0) + (sums.masks[cell] as number)
    }
  return Object.entries(images).map(([id, n]) => ({
    id: Number(id),
    images: n,
    masks: masks[Number(id)] ?? 0,
  }))
}
