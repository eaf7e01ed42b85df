/** Numbers of each row one after the other: row `i` is `list[starts[i]]` up to, without, `list[starts[i + 1]]`. */
interface Rows<List> {
  /** One number more than there are rows. */
  readonly starts: Uint32Array
  readonly list: List
}

/**
 * Which keys (labels or organs) each image of a subset has: a row of keys for each image, without repeats.
 * Images are numbered by their place in a random order, keys by their place in a list of names.
 */
export interface ImageKeys extends Rows<Uint16Array> {
  readonly images: number
  readonly keys: number
}

/**
 * Pairs of an image and one of its keys, in any order and with repeats → the keys of each image.
 *
 * @param images How many images there are.
 * @param keys How many keys there are, at most 65,536.
 * @param pairs The image of each pair, and its key.
 */
export function imageKeysOf(
  images: number,
  keys: number,
  pairs: { readonly images: Uint32Array; readonly keys: Uint16Array },
): ImageKeys {
  const { starts, list } = grouped(images, pairs.images, pairs.keys)
  // Moved to the front without repeats; what is written was read before.
  const lastImage = new Uint32Array(keys)
  let end = 0
  let at = 0
  for (let image = 0; image < images; image++) {
    const next = starts[image + 1] as number
    starts[image] = end
    for (; at < next; at++) {
      const key = list[at] as number
      if (lastImage[key] === image + 1) continue
      lastImage[key] = image + 1
      list[end++] = key
    }
  }
  starts[images] = end
  return { images, keys, starts, list: list.subarray(0, end) }
}

/** A row of images for each key, ascending. */
export function imagesByKey({ images, keys, starts, list }: ImageKeys): Rows<Uint32Array> {
  const ofEach = new Uint32Array(list.length)
  for (let image = 0; image < images; image++)
    ofEach.fill(image, starts[image] as number, starts[image + 1] as number)
  return grouped(keys, list, ofEach)
}

/** Values by the row that each is of, in their order within a row. */
function grouped<List extends Uint16Array | Uint32Array>(
  rows: number,
  rowOf: Uint16Array | Uint32Array,
  values: List,
): Rows<List> {
  const starts = new Uint32Array(rows + 1)
  for (const row of rowOf) starts[row + 1] = (starts[row + 1] as number) + 1
  for (let row = 0; row < rows; row++)
    starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  const next = starts.slice()
  const list = values.slice() as List
  for (let i = 0; i < values.length; i++) {
    const row = rowOf[i] as number
    const at = next[row] as number
    list[at] = values[i] as number
    next[row] = at + 1
  }
  return { starts, list }
}
