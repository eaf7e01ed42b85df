import { countImages, type ImageKeys, imagesByKey } from './image-keys'

/** A second limit: the maximum number of chosen images per group, such as a dataset. */
export interface GroupLimit {
  /** The group of each image. */
  readonly groups: Uint16Array
  readonly most: number
}

export interface Choice {
  /** 1 for each image that is chosen, else 0. */
  readonly chosen: Uint8Array
  /** For each key, the number of images available and the number chosen. */
  readonly available: Uint32Array
  readonly counts: Uint32Array
}

/**
 * Choose images so that no key has more than `most` of them. Keys take turns: the key with the fewest chosen images is
 * next, and among equals the key with the fewest available images. It takes its next image that still fits all other
 * keys of that image.
 *
 * This order fills common keys last, so a rare key does not lose its images to another rare key. No image can be added
 * to the result. Images without keys are left out.
 *
 * Images with the same keys (and group) differ only by their order. In a random order they have the same chance,
 * whatever their case or slice.
 */
export function chooseAtMost(of: ImageKeys, most: number, limit?: GroupLimit): Choice {
  const choice = new Choosing(of, limit)
  const { starts, list } = imagesByKey(of)
  const next = starts.slice()
  const takeNext = (key: number): boolean => {
    const end = starts[key + 1] as number
    for (let at = next[key] as number; at < end; at++) {
      const image = list[at] as number
      // An image that does not fit now never fits later.
      if (!choice.hasRoom(image) || choice.keysBelow(image, most) < choice.keysOf(image)) continue
      choice.add(image)
      next[key] = at + 1
      return true
    }
    return false
  }
  let keys = choice.rareFirst()
  for (let round = 0; round < most && keys.length > 0; round++)
    keys = keys.filter(key => (choice.counts[key] as number) > round || takeNext(key))
  return choice
}

/**
 * Choose few images so that each key has `least` of them, or all available if there are fewer. Keys that need all of
 * their images are served first. Then the image that helps most keys is added, again and again. At the end, images that
 * no key needs are dropped.
 *
 * Finding the smallest choice is a set cover problem, which has no fast exact solution. This comes near, and no image
 * can be dropped from the result.
 *
 * With a limit, a key may have fewer images where the groups are full. Images with the same keys have the same chance,
 * as in `chooseAtMost`.
 */
export function chooseAtLeast(of: ImageKeys, least: number, limit?: GroupLimit): Choice {
  const choice = new Choosing(of, limit)
  const { starts, list } = imagesByKey(of)
  for (const key of choice.rareFirst()) {
    if ((choice.available[key] as number) > least) break
    for (const image of list.subarray(starts[key], starts[key + 1]))
      if (choice.hasRoom(image)) choice.add(image)
  }
  // A dropped image may leave room in the group for an image that helps.
  do addHelpful(choice, least)
  while (dropNeedless(choice, least) > 0 && limit)
  return choice
}

/** Add the images that help most keys first, until no image helps. */
function addHelpful(choice: Choosing, least: number): void {
  // Images by the number of keys that they help. This number only falls.
  const levels: number[][] = []
  const put = (image: number, helped: number) => {
    levels[helped] ??= []
    levels[helped]?.push(image)
  }
  for (let image = 0; image < choice.of.images; image++) {
    const helped = choice.hasRoom(image) ? choice.keysBelow(image, least) : 0
    if (helped > 0) put(image, helped)
  }
  for (let level = levels.length - 1; level > 0; level--)
    for (const image of levels[level] ?? []) {
      const helped = choice.hasRoom(image) ? choice.keysBelow(image, least) : 0
      if (helped === level) choice.add(image)
      else if (helped > 0) put(image, helped)
    }
}

/** Drop images whose keys all have more images than needed, images with few keys first. Returns the number dropped. */
function dropNeedless(choice: Choosing, least: number): number {
  const byKeys: number[][] = []
  choice.chosen.forEach((isChosen, image) => {
    if (isChosen === 0) return
    const keys = choice.keysOf(image)
    byKeys[keys] ??= []
    byKeys[keys]?.push(image)
  })
  const needless = byKeys.flat().filter(image => {
    const isNeedless = choice.keysBelow(image, least + 1) === 0
    if (isNeedless) choice.drop(image)
    return isNeedless
  })
  return needless.length
}

class Choosing implements Choice {
  readonly chosen: Uint8Array
  readonly available: Uint32Array
  readonly counts: Uint32Array
  private readonly used = new Uint32Array(65_536)

  constructor(
    readonly of: ImageKeys,
    private readonly limit: GroupLimit | undefined,
  ) {
    this.chosen = new Uint8Array(of.images)
    this.counts = new Uint32Array(of.keys)
    this.available = countImages(of)
  }

  /** Keys in ascending order of their number of images; equal ones keep their order. */
  rareFirst(): number[] {
    const keys = Array.from({ length: this.of.keys }, (_, key) => key)
    return keys.sort((a, b) => (this.available[a] as number) - (this.available[b] as number))
  }

  keysOf(image: number): number {
    const row = this.of.rowOf[image] as number
    return (this.of.starts[row + 1] as number) - (this.of.starts[row] as number)
  }

  /** How many keys of an image have fewer than `count` chosen images. */
  keysBelow(image: number, count: number): number {
    const { starts, list, rowOf } = this.of
    const row = rowOf[image] as number
    const end = starts[row + 1] as number
    let below = 0
    for (let at = starts[row] as number; at < end; at++)
      if ((this.counts[list[at] as number] as number) < count) below++
    return below
  }

  /** Whether an image is not chosen yet and the group still has room for it. */
  hasRoom(image: number): boolean {
    if (this.chosen[image] === 1) return false
    const { limit } = this
    return !limit || (this.used[limit.groups[image] as number] as number) < limit.most
  }

  add(image: number): void {
    this.put(image, 1)
  }

  drop(image: number): void {
    this.put(image, -1)
  }

  private put(image: number, change: 1 | -1): void {
    const { starts, list, rowOf } = this.of
    const row = rowOf[image] as number
    this.chosen[image] = change === 1 ? 1 : 0
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const key = list[at] as number
      this.counts[key] = (this.counts[key] as number) + change
    }
    const group = this.limit?.groups[image]
    if (group !== undefined) this.used[group] = (this.used[group] as number) + change
  }
}
