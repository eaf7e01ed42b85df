import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { AREA_SHARE_BINS, touchedBins } from '../manifest/bins'
import { UNKNOWN_BIN } from './cells'
import { FACET_BIT, RANGED, SIZE_BITS } from './failed-cells'
import { type Rows, UNKNOWN_BYTES } from './rows'
import { addBits, emptySums, MAX_GROUPS, type Question, type Tally, type TallyPart } from './tally'
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
  const { selection, groups, attribute } = question
  const { low, high } = groups
  const { starts } = rows
  const { label, area, areaBin } = rows.masks
  const { cell, width, height, masks: maskCount, bytes } = rows.images
  const byMask = hasMaskFacets(selection)
  const chosen = chosenLabels(selection, dimensions)
  const { requires, needed } = requirements(selection, dimensions)
  const states = areaStates(selection)
  const failsOf = exactFailure(rows, filter)
  const { labelMasks, labelImages, groupImages, areas } = tally
  const parts = new Map<number, TallyPart>()
  // Neighbouring slices mostly show the same groups: they are added together.
  let run = 0
  let runLow = 0
  let runHigh = 0
  let runValue = 0
  const endRun = () => {
    if (run === 0) return
    patterns?.(runLow, runHigh, run)
    addBits(groupImages, runLow, runValue * MAX_GROUPS, run)
    addBits(groupImages, runHigh, runValue * MAX_GROUPS + 32, run)
    run = 0
  }

  for (let image = 0; image < cell.length; image++) {
    const at = cell[image] as number
    if (cut[at] === 0) continue
    const base = question.failed[at] as number
    // An image that fails two facets is in no count but that of sizes.
    if (isLost(base)) continue
    const fails = failsOf === null ? base : base | failsOf(image)
    if (isLost(fails)) continue
    const start = starts[image] as number
    const end = starts[image + 1] as number
    let selected = maskCount[image] as number
    if (needed !== 0) {
      let has = 0
      for (let mask = start; mask < end; mask++) {
        const required = requires[label[mask] as number] as number
        if (required === 0) continue
        const state = states[areaBin[mask] as number] as number
        if (state === OUT || (state === CUT && !isWithin(image, mask))) continue
        has |= required
      }
      if ((has & needed) !== needed) continue
    }
    if (fails === 0 || byMask) {
      selected = 0
      let lowBits = 0
      let highBits = 0
      let before = -1
      const value = attribute === undefined ? 0 : (attribute.of[at] as number)
      const offset = value * chosen.length
      for (let mask = start; mask < end; mask++) {
        const id = label[mask] as number
        if (chosen[id] === 0) continue
        const bin = areaBin[mask] as number
        const state = states[bin] as number
        if (state === OUT || (state === CUT && !isWithin(image, mask))) continue
        selected++
        if (fails !== 0) continue
        lowBits |= low[id] as number
        highBits |= high[id] as number
        areas[bin] = (areas[bin] as number) + 1
        labelMasks[offset + id] = (labelMasks[offset + id] as number) + 1
        // The masks of an image are in the order of their labels.
        if (id !== before) labelImages[offset + id] = (labelImages[offset + id] as number) + 1
        before = id
      }
      if (byMask && selected === 0) continue
      if (fails === 0) {
        if (lowBits !== runLow || highBits !== runHigh || value !== runValue) {
          endRun()
          runLow = lowBits
          runHigh = highBits
          runValue = value
        }
        run++
      }
    }
    const { sums } = partOf(fails)
    sums.images[at] = (sums.images[at] as number) + 1
    sums.masks[at] = (sums.masks[at] as number) + selected
    const size = bytes[image] as number
    if (size === UNKNOWN_BYTES) continue
    sums.sized[at] = (sums.sized[at] as number) + 1
    sums.bytes[at] = (sums.bytes[at] as number) + size
  }
  endRun()
  tally.parts.push(...parts.values())

  function isWithin(image: number, mask: number) {
    const share = (area[mask] as number) / ((width[image] as number) * (height[image] as number))
    return share >= (selection.area?.min ?? 0) && share <= (selection.area?.max ?? 1)
  }

  function partOf(fails: number): TallyPart {
    const known = parts.get(fails)
    if (known) return known
    const part = {
      failed: new Uint8Array(cut.length).fill(fails),
      sums: emptySums(cut.length),
    }
    parts.set(fails, part)
    return part
  }
}

const isLost = (fails: number) => (fails & (fails - 1)) !== 0 && fails !== SIZE_BITS

const IN = 0
const CUT = 1
const OUT = 2

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
  const numberOf: Record<(typeof RANGED)[number], (image: number) => number> = {
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

/** By label id, the bits of the requirements that it meets, and the bits of all of them. */
function requirements({ required }: Selection, { labels }: Dimensions) {
  const requires = new Uint32Array(labels.length)
  for (const [bit, ids] of required.entries())
    for (const id of ids) requires[id] = (requires[id] as number) | (1 << bit)
  // 32 requirements need all bits of a word, which no shift of 1 makes.
  const needed = required.length === 0 ? 0 : (-1 >>> (32 - required.length)) | 0
  return { requires, needed }
}
