import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { AREA_SHARE_BINS, touchedBins } from '../manifest/bins'
import { MAX_GROUPS } from '../queries/label-groups'
import { RANGED, type RangedFacet, UNKNOWN_BIN } from './cells'
import { FACET_BIT, SIZE_BITS } from './failed-cells'
import {
  addMasks,
  CUT,
  countMasks,
  IN,
  type MaskLook,
  meetsAll,
  OUT,
  type Requirements,
} from './look-at-masks'
import { type Rows, UNKNOWN_BYTES } from './rows'
import { addBits, emptySums, type Question, type Tally, type TallyPart } from './tally'
import { chosenLabels } from './tally-cube'

/**
 * Add to a tally the images of the cells that the cubes leave out, looked at one by one.
 *
 * @param filter Whose ranges decide within the bins that they cut.
 * @param cut 1 for the cells to look at.
 * @param patterns Told the groups of the selected masks of images that pass, and how many these are.
 */
export function tallyRows(
  rows: Rows,
  dimensions: Dimensions,
  filter: Filter,
  question: Question,
  cut: Uint8Array,
  tally: Tally,
  patterns?: (low: number, high: number, images: number) => void,
): void {
  const { selection, groups, attribute, failed } = question
  const { starts } = rows
  const { cell, width, height, masks: maskCount, bytes } = rows.images
  const byMask = hasMaskFacets(selection)
  const chosen = chosenLabels(selection, dimensions)
  const failsOf = exactFailure(rows, filter)
  const required = requirements(selection, dimensions)
  const look: MaskLook = {
    masks: rows.masks,
    ...{ chosen, tally, states: areaStates(selection) },
    ...{ min: selection.area?.min ?? 0, max: selection.area?.max ?? 1 },
    // Signed views: a word with its top bit set is no small integer otherwise, and slow.
    ...{ low: new Int32Array(groups.low.buffer), high: new Int32Array(groups.high.buffer) },
    ...{ lowBits: 0, highBits: 0 },
  }
  const parts = new Map<number, TallyPart>()
  // Neighbouring slices mostly show the same groups: they are added together.
  let run = 0
  let runLow = 0
  let runHigh = 0
  let runValue = 0

  for (let image = 0; image < cell.length; image++) {
    const at = cell[image] as number
    if (cut[at] === 0) continue
    const base = failed[at] as number
    if (isLost(base)) continue
    const fails = failsOf === null ? base : base | failsOf(image)
    if (isLost(fails)) continue
    const start = starts[image] as number
    const end = starts[image + 1] as number
    const pixels = (width[image] as number) * (height[image] as number)
    let selected = maskCount[image] as number
    if (!required.every(some => meetsAll(look, some, start, end, pixels))) continue
    if (fails === 0 || byMask) {
      const passes = fails === 0
      const value = attribute === undefined ? 0 : (attribute.of[at] as number)
      selected = passes
        ? addMasks(look, start, end, pixels, value * chosen.length)
        : countMasks(look, start, end, pixels)
      if (byMask && selected === 0) continue
      if (passes) {
        if (look.lowBits !== runLow || look.highBits !== runHigh || value !== runValue) {
          addRun(tally, patterns, runLow, runHigh, runValue, run)
          run = 0
          runLow = look.lowBits
          runHigh = look.highBits
          runValue = value
        }
        run++
      }
    }
    const { sums } = parts.get(fails) ?? newPart(parts, fails, cut.length)
    sums.images[at] = (sums.images[at] as number) + 1
    sums.masks[at] = (sums.masks[at] as number) + selected
    const size = bytes[image] as number
    if (size === UNKNOWN_BYTES) continue
    sums.sized[at] = (sums.sized[at] as number) + 1
    sums.bytes[at] = (sums.bytes[at] as number) + size
  }
  addRun(tally, patterns, runLow, runHigh, runValue, run)
  tally.parts.push(...parts.values())
}

function addRun(
  { groupImages }: Tally,
  patterns: ((low: number, high: number, images: number) => void) | undefined,
  low: number,
  high: number,
  value: number,
  images: number,
) {
  if (images === 0) return
  patterns?.(low, high, images)
  addBits(groupImages, low, value * MAX_GROUPS, images)
  addBits(groupImages, high, value * MAX_GROUPS + 32, images)
}

function newPart(parts: Map<number, TallyPart>, fails: number, cells: number): TallyPart {
  const part = { failed: new Uint8Array(cells).fill(fails), sums: emptySums(cells) }
  parts.set(fails, part)
  return part
}

/** An image that fails two facets is in no count but that of sizes. */
const isLost = (fails: number) => (fails & (fails - 1)) !== 0 && fails !== SIZE_BITS

/** By bin of area: whether its masks are in the range, out of it, or cut by it. */
function areaStates({ area }: Selection): Uint8Array {
  const states = new Uint8Array(UNKNOWN_BIN + 1).fill(area ? OUT : IN)
  if (!area) return states
  const { first, last, cut } = touchedBins(AREA_SHARE_BINS, area, 0)
  states.fill(IN, first, last + 1)
  for (const bin of cut) states[bin] = CUT
  return states
}

/** The ranges that an image fails, as bits; null if no range cuts a bin. */
function exactFailure(
  { images: { width, height, masks } }: Rows,
  filter: Filter,
): ((image: number) => number) | null {
  const numberOf: Record<RangedFacet, (image: number) => number> = {
    width: image => width[image] || Number.NaN,
    height: image => height[image] || Number.NaN,
    aspect: image => (width[image] as number) / (height[image] as number),
    masks: image => masks[image] as number,
  }
  const tests = RANGED.flatMap(name => {
    const { min = 0, max = Number.POSITIVE_INFINITY } = filter[name] ?? {}
    const of = numberOf[name]
    const bit = FACET_BIT[name]
    // What is not measured is NaN, which passes no comparison.
    return filter[name] ? [(image: number) => (of(image) >= min && of(image) <= max ? 0 : bit)] : []
  })
  const [first, ...rest] = tests
  if (!first) return null
  if (rest.length === 0) return first
  return image => tests.reduce((bits, test) => bits | test(image), 0)
}

/** The labels that an image must have, 32 requirements at a time: as many as there are bits. */
function requirements({ required }: Selection, { labels }: Dimensions): Requirements[] {
  const words = Math.ceil(required.length / 32)
  return Array.from({ length: words }, (_, word) => {
    const some = required.slice(32 * word, 32 * (word + 1))
    const requires = new Int32Array(labels.length)
    for (const [bit, ids] of some.entries())
      for (const id of ids) requires[id] = (requires[id] as number) | (1 << bit)
    return { requires, needed: some.reduce((bits, _ids, bit) => bits | (1 << bit), 0) }
  })
}
