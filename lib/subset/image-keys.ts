/**
 * A list of numbers for each row, stored in one array. Row `i` is `list[starts[i]]` to `list[starts[i + 1]]`,
 * exclusive.
 */
export interface Rows<List> {
  /** Has one number more than there are rows. */
  readonly starts: Uint32Array
  readonly list: List
}

/**
 * The keys (labels or organs) of each image of a subset. Images are numbered by their place in a random order, keys by
 * their place in a list of names. Images with the same keys may share a row.
 */
export interface ImageKeys extends Rows<Uint16Array> {
  readonly images: number
  readonly keys: number
  /** The row of each image. */
  readonly rowOf: Uint32Array
}

/**
 * Pairs of a row and a key, in any order and with repeats → the keys of each row, without repeats.
 *
 * @param rows Number of rows.
 * @param keys Number of keys, at most 65,536.
 */
export function keyRows(
  rows: number,
  keys: number,
  pairs: { readonly rows: Uint32Array; readonly keys: Uint16Array },
): Rows<Uint16Array> {
  const { rows: rowOf, keys: keyOf } = pairs
  const starts = startsOf(rows, rowOf)
  const list = new Uint16Array(keyOf.length)
  const next = starts.slice()
  for (let i = 0; i < list.length; i++) {
    const row = rowOf[i] as number
    const at = next[row] as number
    list[at] = keyOf[i] as number
    next[row] = at + 1
  }
  // Compacts the list in place. Each number is read before its place is overwritten.
  const lastRow = new Uint32Array(keys)
  let [at, end] = [0, 0]
  for (let row = 0; row < rows; row++) {
    const rowEnd = starts[row + 1] as number
    starts[row] = end
    for (; at < rowEnd; at++) {
      const key = list[at] as number
      if (lastRow[key] === row + 1) continue
      lastRow[key] = row + 1
      list[end++] = key
    }
  }
  starts[rows] = end
  return { starts, list: list.subarray(0, end) }
}

/** Number of images of each key. */
export function countImages({ images, keys, rowOf, starts, list }: ImageKeys): Uint32Array {
  const perRow = new Uint32Array(starts.length)
  for (let image = 0; image < images; image++) {
    const row = rowOf[image] as number
    perRow[row] = (perRow[row] as number) + 1
  }
  const counts = new Uint32Array(keys)
  for (let row = 0; row + 1 < starts.length; row++)
    for (let at = starts[row] as number; at < (starts[row + 1] as number); at++) {
      const key = list[at] as number
      counts[key] = (counts[key] as number) + (perRow[row] as number)
    }
  return counts
}

/** A row of images for each key, ascending. */
export function imagesByKey(of: ImageKeys): Rows<Uint32Array> {
  const { images, rowOf } = of
  const starts = new Uint32Array(of.keys + 1)
  countImages(of).forEach((count, key) => {
    starts[key + 1] = (starts[key] as number) + count
  })
  const next = starts.slice()
  const list = new Uint32Array(starts[of.keys] as number)
  for (let image = 0; image < images; image++) {
    const row = rowOf[image] as number
    for (let at = of.starts[row] as number; at < (of.starts[row + 1] as number); at++) {
      const key = of.list[at] as number
      const to = next[key] as number
      list[to] = image
      next[key] = to + 1
    }
  }
  return { starts, list }
}

/** Start of each row, where `rowOf` has the row of each number. */
function startsOf(rows: number, rowOf: Uint32Array): Uint32Array {
  const starts = new Uint32Array(rows + 1)
  for (const row of rowOf) starts[row + 1] = (starts[row + 1] as number) + 1
  for (let row = 0; row < rows; row++)
    starts[row + 1] = (starts[row + 1] as number) + (starts[row] as number)
  return starts
}
