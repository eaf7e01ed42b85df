import type { Dimensions, LabelRow } from '../lib/filter/dimensions'
import { ALL_FACET_NAMES } from '../lib/filter/facets'
import {
  activeFacets,
  type Filter,
  passesFacet,
  type Range,
  selectsMasks,
  wantsAll,
  withValues,
} from '../lib/filter/filter'
import type { ImageFacetName } from '../lib/filter/image-facets'
import { LABEL_FACET_NAMES, LABEL_FACETS } from '../lib/filter/selection'
import { AXES } from '../lib/manifest/tables'
import type { RandomImage } from './random-release'

const within = (value: number | null, range?: Range) =>
  !range ||
  (value !== null && value >= (range.min ?? 0) && value <= (range.max ?? Number.POSITIVE_INFINITY))

const aspect = ({ width, height }: RandomImage) =>
  width === null || height === null ? null : width / height

/**
 * The one rule of merged masks: they count where no mask facet is used, where the facet `union` is, and
 * where their label is picked by its name.
 */
function takenBy(filter: Filter): (label: LabelRow) => boolean {
  const takesAll =
    !selectsMasks(filter) || filter.union !== undefined || filter.not?.union !== undefined
  return ({ label, is_union }) => takesAll || !is_union || (filter.label?.includes(label) ?? false)
}

/** Any of the wanted flags, and none of those left out. */
function passesFlag({ flags }: RandomImage, { flag, not }: Filter) {
  const values = flags.length === 0 ? ['none'] : flags
  return (
    (!flag || values.some(value => flag.includes(value))) &&
    !values.some(value => not?.flag?.includes(value))
  )
}

/** Whether an image passes each image facet. */
const PASSES: Record<
  ImageFacetName,
  (image: RandomImage, filter: Filter, d: Dimensions) => boolean
> = {
  modality: (image, filter, d) =>
    passesFacet(filter, 'modality', d.submodalities[image.submodality_id]!.modality),
  submodality: (image, filter, d) =>
    passesFacet(filter, 'submodality', d.submodalities[image.submodality_id]!.submodality),
  dataset: (image, filter, d) =>
    passesFacet(filter, 'dataset', d.datasets[image.dataset_id]!.dataset),
  axis: (image, filter) => passesFacet(filter, 'axis', AXES[image.axis_id]!),
  flag: passesFlag,
  width: (image, filter) => within(image.width, filter.width),
  height: (image, filter) => within(image.height, filter.height),
  aspect: (image, filter) => within(aspect(image), filter.aspect),
  masks: (image, filter) => within(image.masks.length, filter.masks),
}

export interface Naive {
  /** Whether the image is selected. */
  readonly selected: boolean
  /** Its selected masks. */
  readonly masks: RandomImage['masks']
}

/** The definition of a selection, one image at a time. */
export function naive(image: RandomImage, filter: Filter, d: Dimensions): Naive {
  if (!Object.values(PASSES).every(passes => passes(image, filter, d)))
    return { selected: false, masks: [] }
  const masks = image.masks.filter(maskTest(image, filter, d))
  // "All of" asks each value for itself, whatever else is asked of the masks.
  const meets = ALL_FACET_NAMES.filter(name => wantsAll(filter, name)).every(name =>
    (filter[name] ?? []).every(value => naive(image, { [name]: [value] }, d).selected),
  )
  if (!meets) return { selected: false, masks: [] }
  return { selected: !selectsMasks(filter) || masks.length > 0, masks }
}

/**
 * The selected masks that mask facets count: those of an image, as if the filter had a mask facet. Every mask has a
 * value of `lesion`, so that wanting both changes nothing but the rule of merged masks.
 */
export function countedMasks(
  image: RandomImage,
  filter: Filter,
  d: Dimensions,
): RandomImage['masks'] {
  const isAsked = activeFacets(filter).includes('lesion')
  return naive(image, isAsked ? filter : withValues(filter, 'lesion', ['0', '1']), d).masks
}

/** Whether a mask is selected, as far as that is its own matter. */
function maskTest(image: RandomImage, filter: Filter, d: Dimensions) {
  const isTaken = takenBy(filter)
  const range = filter.area && { min: 0, max: 1, ...filter.area }
  return ({ label_id, area }: RandomImage['masks'][number]) => {
    const label = d.labels[label_id]!
    const share = area === null ? null : area / (image.width! * image.height!)
    return (
      isTaken(label) &&
      LABEL_FACET_NAMES.every(name => passesFacet(filter, name, LABEL_FACETS[name](label))) &&
      within(share, range)
    )
  }
}
