import type { Dimensions, LabelRow } from '../lib/filter/dimensions'
import { ALL_FACET_NAMES, type ValueFacetName } from '../lib/filter/facets'
import { type Filter, passesFacet, type Range, selectsMasks, wantsAll } from '../lib/filter/filter'
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
const isTaken = ({ label, is_union }: LabelRow, filter: Filter) =>
  !is_union ||
  !selectsMasks(filter) ||
  filter.union !== undefined ||
  filter.not?.union !== undefined ||
  (filter.label?.includes(label) ?? false)

/** Any of the wanted flags, and none of those left out. */
function passesFlag({ flags }: RandomImage, { flag, not }: Filter) {
  const values = flags.length === 0 ? ['none'] : flags
  return (
    (!flag || values.some(value => flag.includes(value))) &&
    !values.some(value => not?.flag?.includes(value))
  )
}

export interface Naive {
  /** Whether the image is selected. */
  readonly selected: boolean
  /** Its selected masks. */
  readonly masks: RandomImage['masks']
}

/**
 * The definition of a selection, one image at a time.
 *
 * @param required Whose facets in `all` the image must meet; those of the filter unless given.
 */
export function naive(image: RandomImage, filter: Filter, d: Dimensions, required = filter): Naive {
  const { submodality, modality } = d.submodalities[image.submodality_id]!
  const wants = (name: ValueFacetName, value: string) => passesFacet(filter, name, value)
  const passes =
    wants('modality', modality) &&
    wants('submodality', submodality) &&
    wants('dataset', d.datasets[image.dataset_id]!.dataset) &&
    wants('axis', AXES[image.axis_id]!) &&
    passesFlag(image, filter) &&
    within(image.width, filter.width) &&
    within(image.height, filter.height) &&
    within(aspect(image), filter.aspect) &&
    within(image.masks.length, filter.masks)
  if (!passes) return { selected: false, masks: [] }
  const masks = image.masks.filter(mask => isSelected(image, mask, filter, d))
  const meets = ALL_FACET_NAMES.filter(name => wantsAll(required, name)).every(name =>
    (required[name] ?? []).every(value =>
      image.masks.some(
        mask =>
          isSelected(image, mask, required, d) &&
          LABEL_FACETS[name](d.labels[mask.label_id]!) === value,
      ),
    ),
  )
  if (!meets) return { selected: false, masks: [] }
  return { selected: !selectsMasks(filter) || masks.length > 0, masks }
}

function isSelected(
  image: RandomImage,
  { label_id, area }: RandomImage['masks'][number],
  filter: Filter,
  d: Dimensions,
) {
  const label = d.labels[label_id]!
  const share = area === null ? null : area / (image.width! * image.height!)
  return (
    isTaken(label, filter) &&
    LABEL_FACET_NAMES.every(name => passesFacet(filter, name, LABEL_FACETS[name](label))) &&
    within(share, filter.area && { min: 0, max: 1, ...filter.area })
  )
}
