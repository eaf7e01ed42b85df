import type { Engine } from '../engine/engine'
import { type Dimensions, datasetStructures, labelStructure } from '../filter/dimensions'
import type { FacetName } from '../filter/facets'
import { activeFacets, type Filter, withoutFacet } from '../filter/filter'
import { LABEL_FACETS, resolveFilter } from '../filter/selection'
import { integerBinLabel, MASK_COUNT_BINS } from '../manifest/bins'
import type { FacetCount } from '../manifest/manifest'
import { AXES } from '../manifest/tables'
import type { Source } from './cells'
import { type GroupCount, IMAGE_GROUPS, type ImageGroup, imageGroups } from './image-groups'
import { labelGroups } from './label-groups'
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

const LABEL_GROUPINGS = {
  ...LABEL_FACETS,
  structure: labelStructure,
} as const
type LabelGrouping = keyof typeof LABEL_GROUPINGS

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
  { source, unions }: CountOptions,
  signal?: AbortSignal,
): Promise<Counts> {
  const selection = resolveFilter(filter, dimensions)
  const active = new Set(activeFacets(filter))
  const groupsOf = (f: Filter, groups: readonly ImageGroup[]) =>
    imageGroups(engine, resolveFilter(f, dimensions), source, groups, signal)
  const labelsOf = (f: Filter, grouping: LabelGrouping) =>
    labelFacet(engine, dimensions, f, grouping, { source, unions }, signal)

  const all = groupsOf(filter, IMAGE_GROUPS)
  const imageFacet = async (name: ImageFacet) => {
    const group = IMAGE_GROUP_OF[name]
    const rows = active.has(name) ? await groupsOf(withoutFacet(filter, name), [group]) : await all
    return nameGroups(name, rows[group] ?? [], dimensions)
  }
  const labelGrouping = (name: LabelGrouping) =>
    labelsOf(name === 'structure' ? filter : withoutFacet(filter, name), name)

  const [total, underAll, modality, submodality, dataset, axis, masks] = await Promise.all([
    totals(engine, selection, source, signal),
    all,
    ...(['modality', 'submodality', 'dataset', 'axis', 'masks'] as const).map(imageFacet),
  ])
  const [organ, label, region, lesion, union, structure] = await Promise.all(
    (['organ', 'label', 'region', 'lesion', 'union', 'structure'] as const).map(labelGrouping),
  )
  return {
    totals: total,
    facets: {
      modality,
      submodality,
      dataset,
      axis,
      masks,
      organ,
      label,
      region,
      lesion,
      union,
      structure,
      datasetStructure: byDatasetStructure(underAll.dataset_id ?? [], dimensions),
    } as Record<Counted, FacetCount[]>,
  }
}

async function labelFacet(
  engine: Engine,
  dimensions: Dimensions,
  filter: Filter,
  grouping: LabelGrouping,
  { source, unions }: CountOptions,
  signal?: AbortSignal,
): Promise<FacetCount[]> {
  const valueIn = LABEL_GROUPINGS[grouping]
  // The union facet itself must always show both of its values.
  const shown = dimensions.labels.filter(row => unions || grouping === 'union' || !row.is_union)
  const values = [...new Set(shown.map(valueIn))].sort()
  const groupOf: (number | null)[] = dimensions.labels.map(() => null)
  for (const row of shown) groupOf[row.label_id] = values.indexOf(valueIn(row))
  const selection = resolveFilter(filter, dimensions)
  const rows = await labelGroups(engine, selection, source, groupOf, signal)
  return rows.map(({ group, images, masks }) => ({ value: values[group] ?? '', images, masks }))
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
