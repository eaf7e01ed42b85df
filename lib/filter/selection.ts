import {
  BINNED_ATTRIBUTES,
  type BinnedAttribute,
  type ImageAttributeName,
} from '../manifest/image-attributes'
import type { Dimensions, LabelRow } from './dimensions'
import {
  ALL_FACET_NAMES,
  type AllFacetName,
  FACETS,
  type FacetName,
  NO_SIDE,
  UNASSIGNED,
  type ValueFacetName,
} from './facets'
import {
  activeFacets,
  type Filter,
  passesFacet,
  type Range,
  wantsAll,
  withoutFacet,
} from './filter'
import { type FlagTest, flagTest } from './flag-test'
import { IMAGE_ATTRIBUTE_OF, isListedFacet, LISTED_FACETS } from './image-facets'
import { takesMerged } from './merged'

/** A filter in terms of one manifest's ids; `null` stands for "all". */
export interface Selection {
  /** Ids of image attributes that pass; an attribute that no facet asks for is absent. */
  readonly ids: Readonly<Partial<Record<ImageAttributeName, readonly number[]>>>
  readonly flags: FlagTest | null
  /** Ranges of numbers of the image; absent for all. */
  readonly ranges: Readonly<Partial<Record<BinnedAttribute, Range>>>
  /** Labels that pass every label facet (organ, label, region, side, lesion, union) and whose masks are counted. */
  readonly labelIds: readonly number[] | null
  /**
   * Merged labels that pass every label facet but whose masks are not counted. Only the facets `label` and `union`
   * show them, with what picking them would select.
   */
  readonly aside: readonly number[]
  readonly area: Range | null
  /** Lists of labels; an image must have one label of each list, whatever else is asked of its masks. */
  readonly required: readonly (readonly number[])[]
  /** Areas that masks of required labels must have; absent, unless a recipe of version 1 asks so. */
  readonly requiredArea?: Range
}

/** How each label facet reads a label's value. */
export const LABEL_FACETS = {
  organ: (label: LabelRow) => label.organ ?? UNASSIGNED,
  label: (label: LabelRow) => label.label,
  region: (label: LabelRow) => label.region ?? UNASSIGNED,
  side: (label: LabelRow) => label.side ?? NO_SIDE,
  lesion: (label: LabelRow) => (label.is_lesion ? '1' : '0'),
  union: (label: LabelRow) => (label.is_union ? '1' : '0'),
} as const satisfies Partial<Record<ValueFacetName, (label: LabelRow) => string>>

export type LabelFacetName = keyof typeof LABEL_FACETS
export const LABEL_FACET_NAMES = Object.keys(LABEL_FACETS) as LabelFacetName[]

/** True if the selection selects masks, not only images. */
export const hasMaskFacets = (selection: Selection): boolean =>
  selection.labelIds !== null || selection.area !== null

/** Filter → ids. Values that the manifest lacks match nothing; `knownValues` finds them before. */
export function resolveFilter(filter: Filter, dimensions: Dimensions): Selection {
  const active = new Set(activeFacets(filter))
  const labelFacets = LABEL_FACET_NAMES.filter(name => active.has(name))
  const passing = dimensions.labels.filter(row =>
    labelFacets.every(name => passesFacet(filter, name, LABEL_FACETS[name](row))),
  )
  const isCounted = (row: LabelRow) => !row.is_union || takesMerged(filter, row.label)
  const labels = passing.filter(isCounted)
  const aside = idsOf(passing.filter(row => !isCounted(row)))
  const required = ALL_FACET_NAMES.filter(name => wantsAll(filter, name)).flatMap(name =>
    (filter[name] ?? []).map(value =>
      idsOf(dimensions.labels.filter(row => meetsValue(row, name, value))),
    ),
  )
  return {
    ids: passingIds(filter, dimensions),
    flags: flagTest(filter),
    ranges: Object.fromEntries(
      BINNED_ATTRIBUTES.flatMap(name => (filter[name] ? [[name, filter[name]]] : [])),
    ),
    labelIds:
      labelFacets.length > 0 || (active.has('area') && aside.length > 0) ? idsOf(labels) : null,
    aside,
    area: filter.area ?? null,
    required,
  }
}

/**
 * Whether a mask of a label makes its image have a value of a facet in `all`: as the value selects on its own, without
 * merged masks unless they are named.
 */
export const meetsValue = (row: LabelRow, name: AllFacetName, value: string): boolean =>
  LABEL_FACETS[name](row) === value && (name === 'label' || !row.is_union)

const idsOf = (labels: readonly LabelRow[]): number[] => labels.map(row => row.label_id)

/** The selection, narrowed to the masks that mask facets count, which excludes merged masks that were not picked. */
export function countedMasks(selection: Selection, { labels }: Dimensions): Selection {
  const { labelIds, aside } = selection
  if (aside.length === 0) return selection
  const left = new Set(aside)
  const counted = labelIds ?? idsOf(labels).filter(id => !left.has(id))
  return { ...selection, labelIds: counted, aside: [] }
}

/** Facets in which a merged label shows what picking it would select, although it is not counted elsewhere. */
export const showsMerged = (name: string): boolean => name === 'label' || name === 'union'

/** The selection, widened by the merged labels that could still be picked. */
export function withMerged(selection: Selection): Selection {
  const { labelIds, aside } = selection
  return { ...selection, labelIds: labelIds && [...labelIds, ...aside], aside: [] }
}

/** Ids that pass the facets of which an image has one value. Facets of the same attribute are combined. */
function passingIds(filter: Filter, dimensions: Dimensions): Selection['ids'] {
  const ids: Partial<Record<ImageAttributeName, readonly number[]>> = {}
  for (const facet of activeFacets(filter).filter(isListedFacet)) {
    const attribute = IMAGE_ATTRIBUTE_OF[facet]
    const values = LISTED_FACETS[facet](dimensions)
    const passing = values.flatMap((value, id) => (passesFacet(filter, facet, value) ? [id] : []))
    ids[attribute] = ids[attribute]?.filter(id => passing.includes(id)) ?? passing
  }
  return ids
}

/**
 * The selection of all facets of a filter except one. If images must have all of that facet's values, they still
 * must, so that the count of a value says what adding it would leave.
 */
export function resolveOthers(filter: Filter, name: FacetName, dimensions: Dimensions): Selection {
  const others = resolveFilter(withoutFacet(filter, name), dimensions)
  if (!wantsAll(filter, name)) return others
  return { ...others, required: resolveFilter(filter, dimensions).required }
}

/**
 * The selection under which a facet's own values are counted: all other facets, so that the number beside a value is
 * what picking it selects. Merged masks count as they will then: only in the facet `union`, and in `label` under
 * their own names.
 */
export function resolveForFacet(
  filter: Filter,
  name: FacetName,
  dimensions: Dimensions,
): Selection {
  const others = resolveOthers(filter, name, dimensions)
  if (FACETS[name].of === 'image') return others
  return showsMerged(name) ? withMerged(others) : countedMasks(others, dimensions)
}
