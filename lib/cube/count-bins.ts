import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { AREA_SHARE_BINS } from '../manifest/bins'
import type { Counts } from '../queries/counts'
import type { Cube } from './cube'
import { failedFacets, SIZE_BITS } from './image-facets'
import { sizeCounter } from './size-counts'

/**
 * Masks by area and images by size, from the cubes.
 *
 * @param failed Image facets that each image cell fails.
 * @param passes 1 for the label sets that hold a chosen label; null for all.
 * @param chosen 1 for the labels that pass every label facet.
 */
export function countBins(
  { images, areas }: Cube,
  dimensions: Dimensions,
  filter: Filter,
  failed: Uint8Array,
  passes: Uint8Array | null,
  chosen: Uint8Array,
): Pick<Counts, 'areas' | 'sizes'> {
  const sizes = sizeCounter()
  for (let cell = 0; cell < failed.length; cell++)
    if (
      ((failed[cell] as number) & ~SIZE_BITS) === 0 &&
      (passes === null || passes[images.set[cell] as number] === 1)
    )
      sizes.add(
        images.width[cell] as number,
        images.height[cell] as number,
        images.images[cell] as number,
      )
  const failedAreas = failedFacets(areas, filter, dimensions)
  const masks = AREA_SHARE_BINS.edges.map(() => 0)
  for (let cell = 0; cell < failedAreas.length; cell++)
    if (failedAreas[cell] === 0 && chosen[areas.label[cell] as number] === 1) {
      const bin = areas.area[cell] as number
      masks[bin] = (masks[bin] as number) + (areas.masks[cell] as number)
    }
  return { areas: masks, sizes: sizes.counts() }
}
