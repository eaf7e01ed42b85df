import { FLAG_VALUES } from '../manifest/flags'
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
  VALUE_FACET_NAMES,
  type ValueFacetName,
} from './facets'
import {
  activeFacets,
  type Filter,
  passesFacet,
  type Range,
  wantsAll,
  withExcluded,
  withoutFacet,
  withValues,
} from './filter'
import { type FlagTest, flagTest } from './flag-test'
import { IMAGE_ATTRIBUTE_OF, isListedFacet, LISTED_FACETS } from './image-facets'
import { takesMerged } from './merged'

/** A filter in terms of one manifest's ids; `null` stands for "all". */
export interface Selection {
  /** Ids of image attributes that pass; an attribute that no facet asks for is absent. */
  readonly ids: Readonly<Partial<Record<ImageAttributeName, readonly number[]>>>
  readonly flags: FlagTest | null
  /** Of numbers of the image; absent for all. */
  readonly ranges: Readonly<Partial<Record<BinnedAttribute, Range>>>
  /** Labels that pass every label facet (organ, label, region, side, lesion, union) and are counted. */
  readonly labelIds: readonly number[] | null
  /**
   * Merged labels that pass every label facet, but that mask facets do not count: only the facets `label`
   * and `union` show what picking them would select.
   */
  readonly aside: readonly number[]
  readonly area: Range | null
  /** Labels that an image must have, whatever else is asked of their masks: one of each list. */
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

/** The selection, narrowed to the masks that mask facets count: without merged masks, as `labelIds` says. */
export function countedMasks(selection: Selection, { labels }: Dimensions): Selection {
  const { labelIds, aside } = selection
  if (aside.length === 0) return selection
  const left = new Set(aside)
  const counted = labelIds ?? idsOf(labels).filter(id => !left.has(id))
  return { ...selection, labelIds: counted, aside: [] }
}

/** The facets in which a merged label shows what picking it selects, whatever is counted elsewhere. */
export const showsMerged = (name: string): boolean => name === 'label' || name === 'union'

/** The selection, widened by the merged labels that wait for being picked. */
export function withMerged(selection: Selection): Selection {
  const { labelIds, aside } = selection
  return { ...selection, labelIds: labelIds && [...labelIds, ...aside], aside: [] }
}

/** Ids that pass the facets of which an image has one value; facets of one attribute together. */
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

/** All facets of a filter but one. Images that must have all of that facet's values are still only those. */
export function resolveOthers(filter: Filter, name: FacetName, dimensions: Dimensions): Selection {
  const others = resolveFilter(withoutFacet(filter, name), dimensions)
  if (!wantsAll(filter, name)) return others
  return { ...others, required: resolveFilter(filter, dimensions).required }
}

/**
 * Under what a facet's own values are counted: all other facets, so that the number of a value is what picking
 * it selects. Merged masks are counted as they will be then: in no mask facet but `union`, and under their own
 * name in `label`.
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

/** Every value that a facet can take in a manifest. */
export function facetValues(name: ValueFacetName, dimensions: Dimensions): ReadonlySet<string> {
  if (isListedFacet(name)) return new Set(LISTED_FACETS[name](dimensions))
  switch (name) {
    case 'flag':
      return new Set(FLAG_VALUES)
    case 'side':
      return new Set([...dimensions.labels.map(LABEL_FACETS.side), 'left', 'right'])
    case 'lesion':
    case 'union':
      return new Set(['0', '1'])
    default:
      return new Set(dimensions.labels.map(LABEL_FACETS[name]))
  }
}

const unknownValue = (name: ValueFacetName, value: string) =>
  name === 'flag'
    ? `Unknown flag "${value}"; expected one of ${FLAG_VALUES.join(', ')}.`
    : `This manifest has no ${name} "${value}".`

/**
 * Drop the values that a manifest does not have, and say so: a facet left without values is
 * dropped too.
 */
export function knownValues(
  filter: Filter,
  dimensions: Dimensions,
): { filter: Filter; problems: string[] } {
  const problems: string[] = []
  let known = filter
  for (const name of VALUE_FACET_NAMES) {
    const all = facetValues(name, dimensions)
    const keep = (values: readonly string[]) => {
      for (const value of values) if (!all.has(value)) problems.push(unknownValue(name, value))
      return values.filter(value => all.has(value))
    }
    const wanted = filter[name]
    const excluded = filter.not?.[name]
    if (wanted) known = withValues(known, name, keep(wanted))
    if (excluded) known = withExcluded(known, name, keep(excluded))
  }
  return { filter: known, problems }
}
