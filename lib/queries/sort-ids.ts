import type { Pause } from '../async/time-slice'

/**
 * Bits of the key that one pass sorts by: 32 bits take three passes, and the 2^11 counts of a pass fit a cache.
 */
const BITS = 11
const BUCKETS = 1 << BITS

/** Ids handled between two pauses: about a millisecond. */
const BLOCK = 1 << 16

/**
 * Ids in the order of their keys; ids with equal keys keep their order. Sorts millions of ids in 0.1 s and
 * lets the page respond in between.
 *
 * @param keys Key of each id; overwritten.
 * @returns The sorted ids, in `ids` itself or in another array; `ids` is overwritten in any case.
 * @throws the signal's reason if it is aborted meanwhile.
 */
export async function sortIds(
  ids: Uint32Array,
  keys: Uint32Array,
  pause: Pause,
  signal?: AbortSignal,
): Promise<Uint32Array> {
  let from = { ids, keys }
  let to: typeof from = { ids: new Uint32Array(ids.length), keys: new Uint32Array(ids.length) }
  for (let shift = 0; shift < 32; shift += BITS) {
    const next = await startsOf(from.keys, shift, pause)
    if (next === null) continue
    for (let start = 0; start < ids.length; start += BLOCK) {
      const end = Math.min(start + BLOCK, ids.length)
      for (let i = start; i < end; i++) {
        const key = from.keys[i] as number
        const bucket = (key >>> shift) & (BUCKETS - 1)
        const at = next[bucket] as number
        next[bucket] = at + 1
        to.ids[at] = from.ids[i] as number
        to.keys[at] = key
      }
      await pause()
      signal?.throwIfAborted()
    }
    const old = from
    from = to
    to = old
  }
  return from.ids
}

/** Position at which each bucket begins; null if one bucket has all ids, so that there is nothing to sort. */
async function startsOf(keys: Uint32Array, shift: number, pause: Pause) {
  const counts = new Uint32Array(BUCKETS)
  for (let start = 0; start < keys.length; start += BLOCK) {
    const end = Math.min(start + BLOCK, keys.length)
    for (let i = start; i < end; i++) {
      const bucket = ((keys[i] as number) >>> shift) & (BUCKETS - 1)
      counts[bucket] = (counts[bucket] as number) + 1
    }
    await pause()
  }
  let sum = 0
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket] as number
    if (count === keys.length) return null
    counts[bucket] = sum
    sum += count
  }
  return counts
}
