/** Galleries ask for neighbours: about a screen of them costs little more than one. */
const RANGE_IMAGES = 128
const KEPT_RANGES = 256

/**
 * Rows by image id, read in ranges of ids; the latest used ranges are kept, and requests for one
 * that is being read share it.
 *
 * @param read Rows of the ids from start to end, exclusive.
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
    // A failure is not kept: the next request tries again.
    range.catch(() => kept.get(index) === range && kept.delete(index))
    const [oldest] = kept.keys()
    if (kept.size > KEPT_RANGES && oldest !== undefined) kept.delete(oldest)
    return (await range).get(imageId)
  }
}
