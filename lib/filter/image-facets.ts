import { flagValues } from '../manifest/flags'
import {
  BINNED_ATTRIBUTES,
  type BinnedAttribute,
  type FixedAttribute,
  IMAGE_ATTRIBUTES,
  type ImageAttributeName,
} from '../manifest/image-attributes'
import type { Dimensions } from './dimensions'
import type { FACETS, FacetName, RangeFacetName } from './facets'
import { RANGE_VALUES } from './range-bins'

/** The facets that select images by their own attributes, not by their masks. */
export type ImageFacetName = {
  [Name in FacetName]: (typeof FACETS)[Name]['of'] extends 'image' ? Name : never
}[FacetName]

/** The image attribute that each image facet selects by. The order is that of the facets in counts. */
export const IMAGE_ATTRIBUTE_OF = {
  modality: 'submodality',
  submodality: 'submodality',
  dataset: 'dataset',
  axis: 'axis',
  width: 'width',
  height: 'height',
  aspect: 'aspect',
  masks: 'masks',
  flag: 'flags',
} as const satisfies Readonly<Record<ImageFacetName, ImageAttributeName>>

export const IMAGE_FACET_NAMES = Object.keys(IMAGE_ATTRIBUTE_OF) as ImageFacetName[]

export const isImageFacet = (name: string): name is ImageFacetName =>
  Object.hasOwn(IMAGE_ATTRIBUTE_OF, name)

/** The image facets of which every image has exactly one value of a list. */
export type ListedFacetName = Exclude<ImageFacetName, RangeFacetName | 'flag'>

const fixed = (name: FixedAttribute) => (): readonly string[] => IMAGE_ATTRIBUTES[name].values

/** Values of each listed facet, by the id of the image attribute; several ids may have the same value. */
export const LISTED_FACETS = {
  modality: ({ submodalities }) => submodalities.map(row => row.modality),
  submodality: ({ submodalities }) => submodalities.map(row => row.submodality),
  dataset: ({ datasets }) => datasets.map(row => row.dataset),
  axis: fixed('axis'),
} as const satisfies Readonly<
  Record<ListedFacetName, (dimensions: Dimensions) => readonly string[]>
>

export const LISTED_FACET_NAMES = Object.keys(LISTED_FACETS) as ListedFacetName[]

export const isListedFacet = (name: string): name is ListedFacetName =>
  Object.hasOwn(LISTED_FACETS, name)

const isBinned = (name: ImageFacetName): name is BinnedAttribute =>
  BINNED_ATTRIBUTES.some(one => one === name)

/**
 * Id of a facet's attribute → values of the facet: none for an image that is not measured, several for an image with
 * several flags.
 */
export function valuesOfIds(
  facet: ImageFacetName,
  dimensions: Dimensions,
): (id: number) => readonly string[] {
  if (facet === 'flag') return flagValues
  const values = isBinned(facet) ? RANGE_VALUES[facet] : LISTED_FACETS[facet](dimensions)
  return id => {
    const value = values[id]
    return value === undefined ? [] : [value]
  }
}
