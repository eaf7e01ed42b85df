import { MAX_GROUPS } from '../counts/label-groups'

/**
 * Adds `images` selected images that are in the same groups. May be called several times with the same groups.
 *
 * @param value Value of the question's attribute; 0 without an attribute.
 * @param low Bits of groups 0 to 31.
 * @param high Bits of groups 32 to 63.
 */
export type AddPattern = (value: number, low: number, high: number, images: number) => void

/** Images with a selected mask of each group, by value of an attribute. */
export interface GroupSums {
  readonly add: AddPattern
  /** `value * MAX_GROUPS + group` → images, each counted once. */
  sums(): Float64Array
}

const BYTES = MAX_GROUPS / 8

/**
 * Adds up images by group. An image is often in twenty groups, so images are first added up by the values of
 * the eight bytes of their group bits, which takes eight additions at most; `sums` splits the bytes into bits.
 *
 * @param values Number of values of the attribute; 1 without an attribute.
 */
export function groupSums(values: number): GroupSums {
  const byValue: (Float64Array | undefined)[] = Array.from({ length: values })
  return {
    add(value, low, high, images) {
      let sums = byValue[value]
      if (sums === undefined) {
        sums = new Float64Array(BYTES * 256)
        byValue[value] = sums
      }
      if (low !== 0) addWord(sums, 0, low, images)
      if (high !== 0) addWord(sums, BYTES / 2, high, images)
    },
    sums() {
      const groups = new Float64Array(values * MAX_GROUPS)
      for (const [value, sums] of byValue.entries())
        if (sums) addBytes(groups, value * MAX_GROUPS, sums)
      return groups
    },
  }
}

/**
 * Add images to the sums of the four bytes of a word; `first` is the number of the first byte. Written out without a
 * loop, because it runs once per image.
 */
function addWord(sums: Float64Array, first: number, word: number, images: number) {
  const a = (first << 8) + (word & 255)
  const b = ((first + 1) << 8) + ((word >>> 8) & 255)
  const c = ((first + 2) << 8) + ((word >>> 16) & 255)
  const d = ((first + 3) << 8) + (word >>> 24)
  sums[a] = (sums[a] as number) + images
  sums[b] = (sums[b] as number) + images
  sums[c] = (sums[c] as number) + images
  sums[d] = (sums[d] as number) + images
}

/** Add the sums of all byte values to the groups whose bits are set in the byte. */
function addBytes(groups: Float64Array, offset: number, sums: Float64Array) {
  for (let at = 0; at < sums.length; at++) {
    const images = sums[at] as number
    if (images === 0) continue
    const first = offset + (at >> 8) * 8
    for (let bits = at & 255; bits !== 0; bits &= bits - 1) {
      const group = first + 31 - Math.clz32(bits & -bits)
      groups[group] = (groups[group] as number) + images
    }
  }
}

/**
 * Joins neighbouring images and label sets that are in the same groups, so that `addPattern` is called less often.
 */
export class PatternRuns {
  private value = 0
  private low = 0
  private high = 0
  private images = 0

  constructor(private readonly addPattern: AddPattern) {}

  add(value: number, low: number, high: number, images: number) {
    if (low !== this.low || high !== this.high || value !== this.value) {
      this.end()
      this.value = value
      this.low = low
      this.high = high
    }
    this.images += images
  }

  /** Call after the last `add`. */
  end() {
    if (this.images > 0) this.addPattern(this.value, this.low, this.high, this.images)
    this.images = 0
  }
}
