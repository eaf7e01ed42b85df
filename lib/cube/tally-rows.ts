import { STEP_IMAGES, type Steps } from '../async/steps'
import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { hasMaskFacets } from '../filter/selection'
import { candidateGroups } from './candidate-groups'
import type { Cube } from './cube'
import { exactFailure } from './exact-failure'
import { isLost } from './failed-cells'
import { addMasks, countMasks, type MaskLook } from './look-at-masks'
import { maskLook } from './mask-look'
import { PatternRuns } from './patterns'
import { type Rows, UNKNOWN_BYTES } from './rows'
import { emptySums, type Question, type Tally, type TallyPart } from './tally'

/** A question that the cubes cannot answer alone, and the tally for its answer. */
export interface RowQuestion {
  readonly question: Question
  /** 1 for the cells whose images are checked. */
  readonly cut: Uint8Array
  readonly tally: Tally
}

/**
 * Check one by one the images of the cells that the cubes cannot answer, and add those that are selected to the
 * tallies.
 *
 * @param filter Its ranges decide within the bins that they cut; they are the same for all questions.
 * @param questions At most 32, because each has one bit.
 */
export function* tallyRows(
  rows: Rows,
  cube: Cube,
  dimensions: Dimensions,
  filter: Filter,
  questions: readonly RowQuestion[],
): Steps<void> {
  const lookers = questions.map(one => looker(rows, dimensions, one))
  const view: View = {
    rows,
    cellOf: cube.images.cell,
    lookers,
    failsOf: exactFailure(rows, filter),
    askedBy: askedGroups(cube, dimensions, questions),
  }
  const images = rows.images.group.length
  for (let first = 0; first < images; first += STEP_IMAGES) {
    lookAtImages(view, first, Math.min(images, first + STEP_IMAGES))
    yield
  }
  for (const { runs, parts, tally } of lookers) {
    runs.end()
    tally.parts.push(...parts.filter(part => part !== undefined))
  }
}

/** What it takes to check images. */
interface View {
  readonly rows: Rows
  readonly cellOf: Uint32Array
  readonly failsOf: ((image: number) => number) | null
  readonly askedBy: Uint32Array
  readonly lookers: readonly Looker[]
}

function lookAtImages(
  { rows: { images, starts }, cellOf, failsOf, askedBy, lookers }: View,
  first: number,
  last: number,
) {
  const { group, width, height, bytes } = images
  for (let image = first; image < last; image++) {
    const its = group[image] as number
    const asked = askedBy[its] as number
    if (asked === 0) continue
    const exact = failsOf === null ? 0 : failsOf(image)
    const cell = cellOf[its] as number
    const start = starts[image] as number
    const end = starts[image + 1] as number
    const pixels = (width[image] as number) * (height[image] as number)
    for (let left = asked; left !== 0; left &= left - 1) {
      const one = lookers[31 - Math.clz32(left & -left)] as Looker
      const fails = (one.failed[cell] as number) | exact
      if (fails !== 0 && (!one.byCell || isLost(fails))) continue
      const selected = /*#__NOINLINE__*/ lookAt(one, fails, cell, start, end, pixels)
      if (selected >= 0 && one.byCell)
        /*#__NOINLINE__*/ addToCell(one, fails, cell, selected, bytes[image] as number)
    }
  }
}

/** A question while its images are checked. */
interface Looker {
  readonly failed: Uint16Array
  readonly byCell: boolean
  readonly byMask: boolean
  readonly look: MaskLook
  readonly labels: number
  readonly attribute: ArrayLike<number> | null
  readonly runs: PatternRuns
  readonly tally: Tally
  /** One part for each combination of image facets that images fail. */
  readonly parts: (TallyPart | undefined)[]
}

function looker(rows: Rows, dimensions: Dimensions, { question, tally }: RowQuestion): Looker {
  const { selection, failed, attribute, wants, addPattern } = question
  return {
    failed,
    byCell: wants === 'all',
    byMask: hasMaskFacets(selection),
    look: maskLook(rows, dimensions, question, tally),
    labels: dimensions.labels.length,
    attribute: attribute?.of ?? null,
    runs: new PatternRuns(addPattern),
    tally,
    parts: [],
  }
}

/** For each group of images, the questions that need its images checked, as bits. */
function askedGroups(
  cube: Cube,
  dimensions: Dimensions,
  questions: readonly RowQuestion[],
): Uint32Array {
  const { cell } = cube.images
  const asked = new Uint32Array(cell.length)
  for (const [bit, { question, cut }] of questions.entries()) {
    const candidates = candidateGroups(cube, dimensions, question)
    for (let group = 0; group < cell.length; group++)
      if (candidates[group] === 1 && cut[cell[group] as number] === 1)
        asked[group] = (asked[group] as number) | (1 << bit)
  }
  return asked
}

/**
 * Check the masks of an image. Returns how many are selected, or -1 if the image is not selected. Merged masks that
 * could still be picked are added to the tally even then.
 */
function lookAt(
  one: Looker,
  fails: number,
  cell: number,
  start: number,
  end: number,
  pixels: number,
): number {
  const { look, byMask, attribute, runs } = one
  if (fails !== 0) {
    if (!byMask) return end - start
    return /*#__NOINLINE__*/ countMasks(look, start, end, pixels) || -1
  }
  const value = attribute === null ? 0 : (attribute[cell] as number)
  const selected = /*#__NOINLINE__*/ addMasks(look, start, end, pixels, value * one.labels)
  if ((look.lowBits | look.highBits) !== 0) runs.add(value, look.lowBits, look.highBits, 1)
  // Without a mask facet all masks are selected, including merged ones.
  if (!byMask) return end - start
  return selected || -1
}

function addToCell(one: Looker, fails: number, cell: number, selected: number, size: number) {
  let part = one.parts[fails]
  if (part === undefined) {
    const cells = one.failed.length
    part = { failed: new Uint16Array(cells).fill(fails), sums: emptySums(cells) }
    one.parts[fails] = part
  }
  const { images, masks, sized, bytes } = part.sums
  images[cell] = (images[cell] as number) + 1
  masks[cell] = (masks[cell] as number) + selected
  if (size === UNKNOWN_BYTES) return
  sized[cell] = (sized[cell] as number) + 1
  bytes[cell] = (bytes[cell] as number) + size
}
