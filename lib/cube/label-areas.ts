import { STEP_IMAGES, type Steps } from '../async/steps'
import type { Dimensions } from '../filter/dimensions'
import { type Filter, wantsAll, withoutFacet } from '../filter/filter'
import { takesMerged } from '../filter/merged'
import { resolveOthers, type Selection, withMerged } from '../filter/selection'
import { AREA_SHARE_BINS } from '../manifest/bins'
import { chosenLabels } from './choices'
import type { Cube } from './cube'
import { type AskedFilter, askFilter } from './filter-question'
import { type ImageLook, imageLook } from './image-look'
import { IN } from './look-at-masks'
import { planCount } from './planner'
import { kindOf, UNKNOWN_AREA } from './rows'
import type { Source } from './source'

/** The masks of one label by bins of `AREA_SHARE_BINS`. */
export interface LabelAreas {
  readonly label: string
  /** Selected masks, including masks that are not measured. */
  readonly masks: number
  readonly areas: readonly number[]
}

/** Maximum number of labels, besides those that the filter names. */
export const MAX_AREA_LABELS = 20

/** Whether `labelAreas` needs the rows. */
export const areasNeedRows = (filter: Filter): boolean =>
  wantsAll(filter, 'label') || planCount(withoutLabelAndArea(filter)).path === 'rows'

/**
 * The filter that `labelAreas` counts under: all facets except label and area, so that labels and areas can be
 * compared.
 */
export const withoutLabelAndArea = (filter: Filter): Filter =>
  withoutFacet(withoutFacet(filter, 'label'), 'area')

/**
 * Areas of the labels with most selected masks, in descending order; ties by name. Counted under all facets except
 * label and area, as the values of each facet are counted without that facet. Merged labels are included as far as
 * the filter includes them. Images that must have all of several labels still must.
 *
 * @throws Error if rows are needed and missing.
 */
export function* labelAreas(source: Source, filter: Filter): Steps<LabelAreas[]> {
  const { cube, dimensions } = source
  const others = withoutLabelAndArea(filter)
  // Numbered by kind, which combines label and bin as in the rows.
  const byKind = new Float64Array(kindOf(dimensions.labels.length, 0))
  const { required } = resolveOthers(filter, 'label', dimensions)
  const narrow = (selection: Selection) => ({ ...withMerged(selection), required })
  if (areasNeedRows(filter)) yield* addRows(imageLook(source, others, narrow), byKind)
  else addCells(cube, askFilter(cube.cells, dimensions, others, 'areas'), dimensions, byKind)
  const named = filter.label ?? []
  return byName(dimensions, filter, byKind)
    .sort((a, b) => b.masks - a.masks || (a.label < b.label ? -1 : 1))
    .filter(({ label }, i) => i < MAX_AREA_LABELS || named.includes(label))
}

function addCells(
  cube: Cube,
  { selection, failed }: AskedFilter,
  dimensions: Dimensions,
  byKind: Float64Array,
) {
  const chosen = chosenLabels(withMerged(selection), dimensions)
  for (let cell = 0; cell < failed.length; cell++)
    if (failed[cell] === 0) {
      /*#__NOINLINE__*/ addMasksOf(cube.labels, cell, chosen, byKind)
      /*#__NOINLINE__*/ addAreasOf(cube.areas, cell, chosen, byKind)
    }
}

/** Add all masks of a cell as not measured, because the cube of areas has only measured masks. */
function addMasksOf(
  { starts, label, masks }: Cube['labels'],
  cell: number,
  chosen: Uint8Array,
  byKind: Float64Array,
) {
  const end = starts[cell + 1] as number
  for (let row = starts[cell] as number; row < end; row++) {
    const id = label[row] as number
    if (chosen[id] === 0) continue
    const unknown = kindOf(id, UNKNOWN_AREA)
    byKind[unknown] = (byKind[unknown] as number) + (masks[row] as number)
  }
}

/** Move the measured masks of a cell from "not measured" to their bins. */
function addAreasOf(
  { starts, label, area, masks }: Cube['areas'],
  cell: number,
  chosen: Uint8Array,
  byKind: Float64Array,
) {
  const end = starts[cell + 1] as number
  for (let row = starts[cell] as number; row < end; row++) {
    const id = label[row] as number
    if (chosen[id] === 0) continue
    const n = masks[row] as number
    const [kind, unknown] = [kindOf(id, area[row] as number), kindOf(id, UNKNOWN_AREA)]
    byKind[kind] = (byKind[kind] as number) + n
    byKind[unknown] = (byKind[unknown] as number) - n
  }
}

function* addRows(view: ImageLook, byKind: Float64Array): Steps<void> {
  const images = view.rows.images.group.length
  for (let first = 0; first < images; first += STEP_IMAGES) {
    addImages(view, first, Math.min(images, first + STEP_IMAGES), byKind)
    yield
  }
}

function addImages(
  { rows, candidates, failsOf, look }: ImageLook,
  first: number,
  last: number,
  byKind: Float64Array,
) {
  const { images, starts } = rows
  for (let image = first; image < last; image++) {
    if (candidates[images.group[image] as number] === 0) continue
    if (failsOf !== null && failsOf(image) !== 0) continue
    const end = starts[image + 1] as number
    /*#__NOINLINE__*/ addMasks(look, starts[image] as number, end, byKind)
  }
}

/** The filter has no range of areas, so of each kind all masks are selected, or none. */
function addMasks(
  { masks: { kind }, states }: ImageLook['look'],
  start: number,
  end: number,
  byKind: Float64Array,
) {
  for (let mask = start; mask < end; mask++) {
    const its = kind[mask] as number
    if (states[its] === IN) byKind[its] = (byKind[its] as number) + 1
  }
}

/** Adds up labels that have the same name. */
function byName({ labels }: Dimensions, filter: Filter, byKind: Float64Array): LabelAreas[] {
  const bins = AREA_SHARE_BINS.edges.length
  const found = new Map<string, { label: string; masks: number; areas: number[] }>()
  for (const { label, label_id, is_union } of labels) {
    if (is_union && !takesMerged(filter, label)) continue
    const its = byKind.subarray(kindOf(label_id, 0), kindOf(label_id + 1, 0))
    const masks = its.reduce((sum, n) => sum + n, 0)
    if (masks === 0) continue
    const known = found.get(label) ?? { label, masks: 0, areas: new Array<number>(bins).fill(0) }
    known.masks += masks
    known.areas = known.areas.map((n, bin) => n + (its[bin] as number))
    found.set(label, known)
  }
  return [...found.values()]
}
