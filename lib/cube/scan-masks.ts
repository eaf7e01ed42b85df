import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets, type Selection } from '../filter/selection'
import type { GroupBits } from '../queries/label-groups'
import type { Rows } from './rows'

/** Groups that a scan counts: one bit each. */
export const SCAN_GROUPS = 64

/** What one look at the masks tells. */
export interface MaskScan {
  /** 1 for the images that have what the mask facets ask for, of those looked at. */
  readonly passes: Uint8Array
  /** Selected masks of those images. */
  readonly masks: Uint16Array
  /**
   * Of images that fail no image facet: selected masks, and images with one, by attribute and label
   * (`attribute * labels + label`).
   */
  readonly labelMasks: Float64Array
  readonly labelImages: Float64Array
  /** Of the same images: those with a selected mask of a group (`attribute * SCAN_GROUPS + group`). */
  readonly groupImages: Float64Array
  /** Of the same images: selected masks by bin of area. */
  readonly areas: Float64Array
}

export interface ScanOptions {
  /** What selects masks; its image facets are not looked at. */
  readonly selection: Selection
  /** Image facets that each image fails. */
  readonly failed: Uint8Array
  /** 1 for the values of `failed` whose images are looked at. */
  readonly looksAt: Uint8Array
  readonly groups: GroupBits
  /** Counts by an attribute of the images too: its value for each image, dense from 0. */
  readonly attribute?: { readonly of: Uint8Array | Uint16Array; readonly values: number }
  /** Told the groups of each image that fails no image facet and passes. */
  readonly onImage?: (low: number, high: number) => void
}

/**
 * Look at the masks of images, once: which are selected, and what they add up to. Some 20 million
 * masks take a tenth of a second.
 */
export function scanMasks(rows: Rows, dimensions: Dimensions, options: ScanOptions): MaskScan {
  const { selection, failed, looksAt, groups, attribute, onImage } = options
  const { starts } = rows
  const { label, area, areaBin } = rows.masks
  const { width, height, masks: maskCount } = rows.images
  const { low, high } = groups
  const byMask = hasMaskFacets(selection)
  const { chosen, requires, needed } = labelTables(selection, dimensions)
  const range = selection.area
  const min = range?.min ?? 0
  const max = range?.max ?? Number.POSITIVE_INFINITY
  const labelCount = dimensions.labels.length
  const values = attribute?.values ?? 1
  const passes = new Uint8Array(failed.length)
  const masks = new Uint16Array(failed.length)
  const labelMasks = new Float64Array(values * labelCount)
  const labelImages = new Float64Array(values * labelCount)
  const groupImages = new Float64Array(values * SCAN_GROUPS)
  // One more than there are bins of a byte: what is not measured is counted and left out below.
  const areas = new Float64Array(256)

  for (let image = 0; image < failed.length; image++) {
    const fails = failed[image] as number
    if (looksAt[fails] === 0) continue
    if (fails !== 0 && !byMask && needed === 0) {
      passes[image] = 1
      masks[image] = maskCount[image] as number
      continue
    }
    const start = starts[image] as number
    const end = starts[image + 1] as number
    const pixels = (width[image] as number) * (height[image] as number)
    let selected = 0
    let has = 0
    let lowBits = 0
    let highBits = 0
    for (let mask = start; mask < end; mask++) {
      const id = label[mask] as number
      if (range !== null) {
        const share = (area[mask] as number) / pixels
        if (!(share >= min && share <= max) || areaBin[mask] === 255) continue
      }
      has |= requires[id] as number
      if (chosen[id] === 0) continue
      selected++
      lowBits |= low[id] as number
      highBits |= high[id] as number
    }
    if ((has & needed) !== needed || (byMask && selected === 0)) continue
    passes[image] = 1
    masks[image] = selected
    if (fails !== 0) continue
    const value = attribute === undefined ? 0 : (attribute.of[image] as number)
    onImage?.(lowBits, highBits)
    addBits(groupImages, lowBits, value * SCAN_GROUPS)
    addBits(groupImages, highBits, value * SCAN_GROUPS + 32)
    let before = -1
    for (let mask = start; mask < end; mask++) {
      const id = label[mask] as number
      if (chosen[id] === 0) continue
      const bin = areaBin[mask] as number
      if (range !== null) {
        const share = (area[mask] as number) / pixels
        if (!(share >= min && share <= max) || bin === 255) continue
      }
      const at = value * labelCount + id
      labelMasks[at] = (labelMasks[at] as number) + 1
      areas[bin] = (areas[bin] as number) + 1
      // The masks of an image are in order of their labels.
      if (id !== before) labelImages[at] = (labelImages[at] as number) + 1
      before = id
    }
  }
  return { passes, masks, labelMasks, labelImages, groupImages, areas }
}

/** Add one to the count of each bit that is set. */
function addBits(counts: Float64Array, bits: number, offset: number) {
  for (let left = bits; left !== 0; left &= left - 1) {
    const at = offset + 31 - Math.clz32(left & -left)
    counts[at] = (counts[at] as number) + 1
  }
}

/** By label id: whether it is chosen, and the bits of the requirements that it meets. */
function labelTables({ labelIds, required }: Selection, { labels }: Dimensions) {
  const chosen = new Uint8Array(labels.length).fill(labelIds === null ? 1 : 0)
  for (const id of labelIds ?? []) chosen[id] = 1
  const requires = new Uint32Array(labels.length)
  for (const [bit, ids] of required.entries())
    for (const id of ids) requires[id] = (requires[id] as number) | (1 << bit)
  // Shifted out of a whole word: 32 requirements need all of its bits.
  const needed = required.length === 0 ? 0 : (-1 >>> (32 - required.length)) | 0
  return { chosen, requires, needed }
}
