import type { Engine } from '../engine/engine'
import type { Dimensions } from '../filter/dimensions'
import { activeFacets, type Filter, withoutFacet } from '../filter/filter'
import { LABEL_FACET_NAMES, resolveFilter } from '../filter/selection'
import type { FacetCount } from '../manifest/manifest'
import type { Counted, Counts } from './counts'
import { IMAGE_GROUPS, type ImageGroup, imageGroups } from './image-groups'
import { labelFacets } from './label-facets'
import type { LabelGrouping } from './label-groups'
import {
  byDatasetStructure,
  IMAGE_FACET_NAMES,
  IMAGE_GROUP_OF,
  type ImageFacetName,
  nameGroups,
} from './name-groups'
import { totals } from './totals'

/**
 * Count from the rows: exact for every filter. `countCube` gives the same answer from the cubes,
 * wherever those are exact.
 *
 * @param unions Count union masks in organ, label, region, lesion and structure groups too.
 */
export async function countRows(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  unions: boolean,
  signal?: AbortSignal,
): Promise<Counts> {
  const selectionOf = (f: Filter) => resolveFilter(f, dimensions)
  const active = new Set(activeFacets(filter))
  const groupsOf = (f: Filter, groups: readonly ImageGroup[]) =>
    imageGroups(engine, selectionOf(f), groups, signal)
  const labelsOf = (f: Filter, groupings: readonly LabelGrouping[]) =>
    labelFacets(engine, dimensions, selectionOf(f), unions, groupings, signal)

  // Facets that the filter does not use are counted together; each other one without itself.
  const all = groupsOf(filter, IMAGE_GROUPS)
  const imageFacet = async (name: ImageFacetName): Promise<[Counted, FacetCount[]]> => {
    const group = IMAGE_GROUP_OF[name]
    const rows = active.has(name) ? await groupsOf(withoutFacet(filter, name), [group]) : await all
    return [name, nameGroups(name, rows[group] ?? [], dimensions)]
  }
  const unused = LABEL_FACET_NAMES.filter(name => !active.has(name))
  const used = LABEL_FACET_NAMES.filter(name => active.has(name))
  const [total, underAll, byImage, byLabel] = await Promise.all([
    totals(engine, selectionOf(filter), signal),
    all,
    Promise.all(IMAGE_FACET_NAMES.map(imageFacet)),
    Promise.all([
      labelsOf(filter, [...unused, 'structure']),
      ...used.map(name => labelsOf(withoutFacet(filter, name), [name])),
    ]),
  ])
  return {
    totals: total,
    facets: Object.fromEntries([
      ...byImage,
      ...byLabel.flat(),
      ['datasetStructure', byDatasetStructure(underAll.dataset_id ?? [], dimensions)],
    ]) as Record<Counted, FacetCount[]>,
  }
}
