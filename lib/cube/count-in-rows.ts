import type { Dimensions } from '../filter/dimensions'
import { activeFacets, type Filter } from '../filter/filter'
import {
  LABEL_FACET_NAMES,
  resolveFilter,
  resolveForFacet,
  type Selection,
} from '../filter/selection'
import { AREA_SHARE_BINS, type Bins, binOf, MASK_COUNT_BINS, SIZE_BINS } from '../manifest/bins'
import type { FacetCount } from '../manifest/manifest'
import type { Counted, Counts } from '../queries/counts'
import { groupBits, groupCounts, type LabelGrouping, labelGroupsOf } from '../queries/label-groups'
import {
  byDatasetStructure,
  IMAGE_FACET_NAMES,
  type ImageFacetName,
  nameGroups,
} from '../queries/name-groups'
import type { Totals } from '../queries/totals'
import { UNKNOWN_BIN } from './cube'
import { failedRows } from './failed-rows'
import { FACET_BIT, SIZE_BITS } from './image-facets'
import { type Rows, UNKNOWN_BYTES } from './rows'
import { type MaskScan, scanMasks } from './scan-masks'
import { sizeCounter } from './size-counts'

/**
 * Count from the rows in memory: exact for every filter, the same answer as `countRows`, in a few
 * tenths of a second at full size.
 *
 * @param unions Count union masks in organ, label, region, lesion and structure groups too.
 */
export function countInRows(
  rows: Rows,
  dimensions: Dimensions,
  filter: Filter,
  unions: boolean,
): Counts {
  const failed = failedRows(rows.images, filter, dimensions)
  const active = new Set(activeFacets(filter))
  const labelCounts = (
    selection: Selection,
    groupings: readonly LabelGrouping[],
    looksAt: Uint8Array,
  ): { scan: MaskScan; counts: [Counted, FacetCount[]][] } => {
    const groups = labelGroupsOf(
      dimensions,
      groupings.filter(grouping => grouping !== 'label'),
      unions,
    )
    const bits = groupBits(dimensions, groups, unions)
    const scan = scanMasks(rows, dimensions, { selection, failed, looksAt, groups: bits })
    const labels = labelsOf(scan, dimensions)
    const imagesOf = (grouping: LabelGrouping) => (value: string) =>
      scan.groupImages[groups.findIndex(g => g.grouping === grouping && g.value === value)] ?? 0
    const counts = groupings.map((grouping): [Counted, FacetCount[]] => [
      grouping,
      groupCounts(
        labels,
        dimensions,
        grouping,
        unions,
        grouping === 'label' ? undefined : imagesOf(grouping),
      ),
    ])
    return { scan, counts }
  }
  const unused = LABEL_FACET_NAMES.filter(name => !active.has(name))
  const used = LABEL_FACET_NAMES.filter(name => active.has(name))
  const { scan, counts } = labelCounts(
    resolveFilter(filter, dimensions),
    [...unused, 'structure'],
    looksAt(filter),
  )
  const own = used.map(
    name => labelCounts(resolveForFacet(filter, name, dimensions), [name], ONLY_PASSING).counts,
  )
  const areas = filter.area
    ? labelCounts(resolveForFacet(filter, 'area', dimensions), [], ONLY_PASSING).scan.areas
    : scan.areas
  const images = imageCounts(rows, failed, scan, dimensions)
  return {
    totals: totals(rows, failed, scan, images.datasets.length),
    facets: Object.fromEntries([
      ...images.facets,
      ...counts,
      ...own.flat(),
      ['datasetStructure', byDatasetStructure(images.datasets, dimensions)],
    ]) as Record<Counted, FacetCount[]>,
    areas: Array.from(areas.subarray(0, AREA_SHARE_BINS.edges.length)),
    sizes: sizes(rows, failed, scan),
  }
}

const ONLY_PASSING = Uint8Array.from({ length: 256 }, (_, fails) => (fails === 0 ? 1 : 0))

/** Images that pass all facets, or all but one that is counted without itself. */
function looksAt(filter: Filter): Uint8Array {
  const looks = ONLY_PASSING.slice()
  for (const name of activeFacets(filter))
    if (name in FACET_BIT) looks[FACET_BIT[name as keyof typeof FACET_BIT]] = 1
  if (filter.width && filter.height) looks[SIZE_BITS] = 1
  return looks
}

const labelsOf = ({ labelImages, labelMasks }: MaskScan, { labels }: Dimensions) =>
  labels.flatMap(({ label_id }) => {
    const masks = labelMasks[label_id] as number
    return masks > 0 ? [{ label_id, images: labelImages[label_id] as number, masks }] : []
  })

/** The bin of every whole number that a column can hold. */
const binTable = (bins: Bins, unknown: number | null) =>
  Uint8Array.from({ length: 65_536 }, (_, value) =>
    value === unknown ? UNKNOWN_BIN : binOf(bins, value),
  )
const SIZE_BIN = binTable(SIZE_BINS, 0)
const MASKS_BIN = binTable(MASK_COUNT_BINS, null)
const SAME = Uint16Array.from({ length: 65_536 }, (_, value) => value)

const columnOf: Record<
  ImageFacetName,
  (rows: Rows) => readonly [Uint8Array | Uint16Array, Uint8Array | Uint16Array]
> = {
  modality: ({ images }) => [images.submodality, SAME],
  submodality: ({ images }) => [images.submodality, SAME],
  dataset: ({ images }) => [images.dataset, SAME],
  axis: ({ images }) => [images.axis, SAME],
  width: ({ images }) => [images.width, SIZE_BIN],
  height: ({ images }) => [images.height, SIZE_BIN],
  aspect: ({ images }) => [images.aspect, SAME],
  masks: ({ images }) => [images.masks, MASKS_BIN],
}

function imageCounts(rows: Rows, failed: Uint8Array, scan: MaskScan, dimensions: Dimensions) {
  const groupsOf = (name: ImageFacetName) => {
    const [column, idOf] = columnOf[name](rows)
    return groupRows(scan, failed, FACET_BIT[name], column, idOf)
  }
  return {
    facets: IMAGE_FACET_NAMES.map((name): [Counted, FacetCount[]] => [
      name,
      nameGroups(name, groupsOf(name), dimensions),
    ]),
    datasets: groupRows(scan, failed, 0, rows.images.dataset, SAME),
  }
}

/** Images and selected masks by the values of a column, without the facet of that bit. */
function groupRows(
  { passes, masks }: MaskScan,
  failed: Uint8Array,
  bit: number,
  column: Uint8Array | Uint16Array,
  idOf: Uint8Array | Uint16Array,
) {
  const imagesOf = new Float64Array(65_536)
  const masksOf = new Float64Array(65_536)
  const keep = ~bit
  for (let image = 0; image < passes.length; image++) {
    if (passes[image] === 0 || ((failed[image] as number) & keep) !== 0) continue
    const id = idOf[column[image] as number] as number
    imagesOf[id] = (imagesOf[id] as number) + 1
    masksOf[id] = (masksOf[id] as number) + (masks[image] as number)
  }
  const groups: { id: number; images: number; masks: number }[] = []
  for (const [id, images] of imagesOf.entries())
    if (images > 0) groups.push({ id, images, masks: masksOf[id] as number })
  return groups
}

function totals(rows: Rows, failed: Uint8Array, scan: MaskScan, datasets: number): Totals {
  let images = 0
  let masks = 0
  let bytes = 0
  let sizedImages = 0
  for (let image = 0; image < failed.length; image++) {
    if (failed[image] !== 0 || scan.passes[image] === 0) continue
    images++
    masks += scan.masks[image] as number
    const size = rows.images.bytes[image] as number
    if (size === UNKNOWN_BYTES) continue
    bytes += size
    sizedImages++
  }
  return { images, masks, datasets, bytes, sizedImages }
}

function sizes({ images }: Rows, failed: Uint8Array, { passes }: MaskScan) {
  const counter = sizeCounter()
  for (let image = 0; image < failed.length; image++)
    if (passes[image] === 1 && ((failed[image] as number) & ~SIZE_BITS) === 0)
      counter.add(
        SIZE_BIN[images.width[image] as number] as number,
        SIZE_BIN[images.height[image] as number] as number,
        1,
      )
  return counter.counts()
}
