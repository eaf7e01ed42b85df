import { type Dimensions, datasetStructures } from '../filter/dimensions'
import type { FacetName } from '../filter/facets'
import { RANGE_VALUES } from '../filter/range-bins'
import { flagValues } from '../manifest/flags'
import type { FacetCount } from '../manifest/manifest'
import { AXES } from '../manifest/tables'
import type { GroupCount, ImageGroup } from './image-groups'

/** Which image attribute answers for which facet. */
export const IMAGE_GROUP_OF = {
  modality: 'submodality_id',
  submodality: 'submodality_id',
  dataset: 'dataset_id',
  axis: 'axis_id',
  width: 'width_bin',
  height: 'height_bin',
  aspect: 'aspect_bin',
  masks: 'masks_bin',
  flag: 'flags',
} as const satisfies Partial<Record<FacetName, ImageGroup>>

export type ImageFacetName = keyof typeof IMAGE_GROUP_OF
export const IMAGE_FACET_NAMES = Object.keys(IMAGE_GROUP_OF) as ImageFacetName[]

type NameOf = (id: number, dimensions: Dimensions) => string | readonly string[] | undefined

const NAME_OF: Record<ImageFacetName, NameOf> = {
  modality: (id, { submodalities }) => submodalities[id]?.modality,
  submodality: (id, { submodalities }) => submodalities[id]?.submodality,
  dataset: (id, { datasets }) => datasets[id]?.dataset,
  axis: id => AXES[id],
  width: id => RANGE_VALUES.width[id],
  height: id => RANGE_VALUES.height[id],
  aspect: id => RANGE_VALUES.aspect[id],
  masks: id => RANGE_VALUES.masks[id],
  flag: flagValues,
}

/**
 * Counts by id → counts by the values of a facet, in the order of the ids; an id without a value is
 * the bin of what is not measured, and left out, and an id of several flags counts for each.
 */
export const nameGroups = (
  facet: ImageFacetName,
  rows: readonly GroupCount[],
  dimensions: Dimensions,
): FacetCount[] =>
  addUp(
    rows.flatMap(({ id, images, masks }) => {
      const values = NAME_OF[facet](id, dimensions) ?? []
      return [values].flat().map(value => ({ value, images, masks }))
    }),
  )

/** As the paper does: all images and masks of a dataset count in every structure it covers. */
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

/** Sum up rows of the same value, in the order of first appearance. */
function addUp(rows: readonly FacetCount[]): FacetCount[] {
  const sums = new Map<string, FacetCount>()
  for (const { value, images, masks } of rows) {
    const sum = sums.get(value) ?? { value, images: 0, masks: 0 }
    sums.set(value, { value, images: sum.images + images, masks: sum.masks + masks })
  }
  return [...sums.values()]
}
