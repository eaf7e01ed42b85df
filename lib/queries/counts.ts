import type { Engine } from '../engine/engine'
import { type Dimensions, datasetStructures } from '../filter/dimensions'
import type { FacetName } from '../filter/facets'
import { activeFacets, type Filter, withoutFacet } from '../filter/filter'
import { LABEL_FACET_NAMES, type LabelFacetName, resolveFilter } from '../filter/selection'
import { integerBinLabel, MASK_COUNT_BINS } from '../manifest/bins'
import type { FacetCount } from '../manifest/manifest'
import { AXES } from '../manifest/tables'
import type { Source } from './cells'
import { type GroupCount, IMAGE_GROUPS, type ImageGroup, imageGroups } from './image-groups'
import { type LabelGrouping, labelFacets } from './label-facets'
import { type Totals, totals } from './totals'

/** What the overview counts by: the value facets, and three groupings that only charts use. */
export const COUNTED = [
  'modality',
  'submodality',
  'dataset',
  'axis',
  'masks',
  'organ',
  'label',
  'region',
  'lesion',
  'union',
  'structure',
  'datasetStructure',
] as const
export type Counted = (typeof COUNTED)[number]

export interface Counts {
  readonly totals: Totals
  /**
   * Selected images and masks by value. Each facet is counted under all other facets, so that its
   * own values can be compared; values without any image or mask are absent.
   */
  readonly facets: Readonly<Record<Counted, readonly FacetCount[]>>
}

export interface CountOptions {
  readonly source: Source
  /** Count union masks in organ, label, region, lesion and structure groups too. */
  readonly unions: boolean
}

/** Which image attribute answers for which facet. */
const IMAGE_GROUP_OF = {
  modality: 'submodality_id',
  submodality: 'submodality_id',
  dataset: 'dataset_id',
  axis: 'axis_id',
  masks: 'masks_bin',
} as const satisfies Partial<Record<FacetName, ImageGroup>>
type ImageFacet = keyof typeof IMAGE_GROUP_OF

/** Everything that the overview counts, for one filter. */
export async function counts(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  options: CountOptions,
  signal?: AbortSignal,
): Promise<Counts> {
  const { source } = options
  const selection = resolveFilter(filter, dimensions)
  const active = new Set(activeFacets(filter))
  const groupsOf = (f: Filter, groups: readonly ImageGroup[]) =>
    imageGroups(engine, resolveFilter(f, dimensions), source, groups, signal)
  const labelsOf = (f: Filter, groupings: readonly LabelGrouping[]) =>
    labelFacets(engine, dimensions, resolveFilter(f, dimensions), options, groupings, signal)

  const all = groupsOf(filter, IMAGE_GROUPS)
  const imageFacet = async (name: ImageFacet) => {
    const group = IMAGE_GROUP_OF[name]
    const rows = active.has(name) ? await groupsOf(withoutFacet(filter, name), [group]) : await all
    return nameGroups(name, rows[group] ?? [], dimensions)
  }
  // Facets that the filter does not use are counted together; each other one without itself.
  const [used, unused] = [true, false].map(wanted =>
    LABEL_FACET_NAMES.filter(name => active.has(name) === wanted),
  ) as [LabelFacetName[], LabelFacetName[]]
  const labelQueries = [
    labelsOf(filter, [...unused, 'structure']),
    ...used.map(name => labelsOf(withoutFacet(filter, name), [name])),
  ]

  const [total, underAll, modality, submodality, dataset, axis, masks] = await Promise.all([
    totals(engine, selection, source, signal),
    all,
    ...(['modality', 'submodality', 'dataset', 'axis', 'masks'] as const).map(imageFacet),
  ])
  const labels = new Map((await Promise.all(labelQueries)).flatMap(found => [...found]))
  return {
    totals: total,
    facets: {
      modality,
      submodality,
      dataset,
      axis,
      masks,
      ...Object.fromEntries(labels),
      datasetStructure: byDatasetStructure(underAll.dataset_id ?? [], dimensions),
    } as Record<Counted, FacetCount[]>,
  }
}

function nameGroups(
  name: ImageFacet,
  rows: readonly GroupCount[],
  dimensions: Dimensions,
): FacetCount[] {
  const nameOf: Record<ImageFacet, (id: number) => string> = {
    modality: id => dimensions.submodalities[id]?.modality ?? '',
    submodality: id => dimensions.submodalities[id]?.submodality ?? '',
    dataset: id => dimensions.datasets[id]?.dataset ?? '',
    axis: id => AXES[id] ?? '',
    masks: id => integerBinLabel(MASK_COUNT_BINS, id),
  }
  return addUp(rows.map(({ id, images, masks }) => ({ value: nameOf[name](id), images, masks })))
}

/** As the paper does: all images and masks of a dataset count in every structure it covers. */
function byDatasetStructure(rows: readonly GroupCount[], dimensions: Dimensions): FacetCount[] {
  return addUp(
    rows.flatMap(({ id, images, masks }) => {
      const dataset = dimensions.datasets[id]
      return dataset ? datasetStructures(dataset).map(value => ({ value, images, masks })) : []
    }),
  )
}

/** Sum up rows of the same value, in the order of first appearance. */
function addUp(rows: readonly FacetCount[]): FacetCount[] {
  const sums = new Map<string, FacetCount>()
  for (const { value, images, masks } of rows) {
    const sum = sums.get(value)
    sums.set(value, {
      value,
      images: images + (sum?.images ?? 0),
      masks: masks + (sum?.masks ?? 0),
    })
  }
  return [...sums.values()]
}
