import type { Counted, Counts } from '../counts/counts'
import type { LabelGrouping } from '../counts/label-groups'
import { byDatasetStructure, nameGroups } from '../counts/name-groups'
import type { Engine } from '../engine/engine'
import { countsAlone } from '../filter/all-values'
import type { Dimensions } from '../filter/dimensions'
import { type FacetName, isAllFacet } from '../filter/facets'
import { activeFacets, type Filter, withoutFacet } from '../filter/filter'
import { IMAGE_ATTRIBUTE_OF, IMAGE_FACET_NAMES, type ImageFacetName } from '../filter/image-facets'
import {
  countedMasks,
  LABEL_FACET_NAMES,
  type LabelFacetName,
  resolveFilter,
  resolveForFacet,
  type Selection,
  showsMerged,
} from '../filter/selection'
import { IMAGE_ATTRIBUTES, IMAGE_COLUMNS, type ImageColumn } from '../manifest/image-attributes'
import type { FacetCount } from '../manifest/manifest'
import { allFacet } from './all-facet'
import { imageGroups } from './image-groups'
import { labelFacets } from './label-facets'
import { areaCounts, sizeCounts } from './range-counts'
import { totals } from './totals'

/**
 * Count from the rows, which is exact for every filter. `count` in `lib/cube` gives the same counts from
 * the cubes, where these are exact.
 */
export async function countRows(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  signal?: AbortSignal,
): Promise<Counts> {
  const selection = resolveFilter(filter, dimensions)
  const active = new Set(activeFacets(filter))
  const without = (name: FacetName) => resolveForFacet(filter, name, dimensions)
  const groupsOf = (s: Selection, groups: readonly ImageColumn[]) =>
    imageGroups(engine, s, groups, signal)
  const labelsOf = (s: Selection, groupings: readonly LabelGrouping[]) =>
    labelFacets(engine, dimensions, s, groupings, signal)

  // Facets that the filter does not use are counted in one query; each facet that it uses, without itself.
  const all = groupsOf(selection, IMAGE_COLUMNS)
  const imageFacet = async (name: ImageFacetName): Promise<[Counted, FacetCount[]]> => {
    const group = IMAGE_ATTRIBUTES[IMAGE_ATTRIBUTE_OF[name]].column
    const rows = active.has(name) ? await groupsOf(without(name), [group]) : await all
    return [name, nameGroups(name, rows[group] ?? [], dimensions)]
  }
  const unused = LABEL_FACET_NAMES.filter(name => !active.has(name))
  const used = LABEL_FACET_NAMES.filter(name => active.has(name))
  const ownCounts = async (name: LabelFacetName): Promise<[LabelGrouping, FacetCount[]][]> =>
    isAllFacet(name) && countsAlone(filter, name)
      ? [[name, await allFacet(engine, dimensions, filter, name, signal)]]
      : labelsOf(without(name), [name])
  // Merged labels that nobody picked have rows of their own in these two facets.
  const own = selection.aside.length > 0 ? unused.filter(showsMerged) : []
  const alike = unused.filter(name => !own.includes(name))
  const withoutSize = resolveFilter(
    withoutFacet(withoutFacet(filter, 'width'), 'height'),
    dimensions,
  )
  const [total, underAll, byImage, byLabel, areas, sizes] = await Promise.all([
    totals(engine, selection, signal),
    all,
    Promise.all(IMAGE_FACET_NAMES.map(imageFacet)),
    Promise.all([
      labelsOf(countedMasks(selection, dimensions), [...alike, 'structure']),
      ...[...used, ...own].map(ownCounts),
    ]),
    areaCounts(engine, without('area'), signal),
    sizeCounts(engine, withoutSize, signal),
  ])
  return {
    totals: total,
    facets: Object.fromEntries([
      ...byImage,
      ...byLabel.flat(),
      ['datasetStructure', byDatasetStructure(underAll.dataset_id ?? [], dimensions)],
    ]) as Record<Counted, FacetCount[]>,
    areas,
    sizes,
  }
}
