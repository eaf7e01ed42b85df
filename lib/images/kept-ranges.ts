/** A gallery requests neighbours: reading a screen of rows costs little more than reading one row. */
const RANGE_IMAGES = 128
const KEPT_RANGES = 256

/**
 * Rows by image id, read in ranges of ids. The ranges used last stay in memory; requests for a range that is
 * being read wait for the same read.
 *
 * @param read Reads the rows of the ids from start to end, exclusive.
 */
export function keptRanges<Row>(
  read: (start: number, end: number) => Promise<Map<number, Row>>,
): (imageId: number) => Promise<Row | undefined> {
  const kept = new Map<number, Promise<Map<number, Row>>>()
  return async imageId => {
    const index = Math.floor(imageId / RANGE_IMAGES)
    const start = index * RANGE_IMAGES
    const range = kept.get(index) ?? read(start, start + RANGE_IMAGES)
    kept.delete(index)
    kept.set(index, range)
    // A failed read is not kept, so that the next request reads again.
    range.catch(() => kept.get(index) === range && kept.delete(index))
    const [oldest] = kept.keys()
    if (kept.size > KEPT_RANGES && oldest !== undefined) kept.delete(oldest)
    return (await range).get(imageId)
  }
}
