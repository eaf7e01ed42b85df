import { type Dimensions, datasetStructures } from '../filter/dimensions'
import { type ImageFacetName, valuesOfIds } from '../filter/image-facets'
import type { FacetCount } from '../manifest/manifest'
import type { GroupCount } from './image-groups'

/**
 * Counts by id → counts by the values of a facet, in the order of the ids. Images that are not measured have an id
 * without a value and are left out. An id that stands for several flags counts for each flag.
 */
export const nameGroups = (
  facet: ImageFacetName,
  rows: readonly GroupCount[],
  dimensions: Dimensions,
): FacetCount[] => {
  const valuesOf = valuesOfIds(facet, dimensions)
  return addUp(
    rows.flatMap(({ id, images, masks }) => valuesOf(id).map(value => ({ value, images, masks }))),
  )
}

/** As in the paper: all images and masks of a dataset count in every structure that it covers. */
export const byDatasetStructure = (
  datasets: readonly GroupCount[],
  dimensions: Dimensions,
): FacetCount[] =>
  addUp(
    datasets.flatMap(({ id, images, masks }) => {
      const dataset = dimensions.datasets[id]
      return dataset ? datasetStructures(dataset).map(value => ({ value, images, masks })) : []
    }),
  )

/** Add up the rows of each value, in the order in which the values first appear. */
function addUp(rows: readonly FacetCount[]): FacetCount[] {
  const sums = new Map<string, FacetCount>()
  for (const { value, images, masks } of rows) {
    const sum = sums.get(value) ?? { value, images: 0, masks: 0 }
    sums.set(value, { value, images: sum.images + images, masks: sum.masks + masks })
  }
  return [...sums.values()]
}
