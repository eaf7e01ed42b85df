import type { Pause } from '../async/time-slice'

/** Bits of the key that one pass sorts by: three passes for 32, with counts that fit a cache. */
const BITS = 11
const BUCKETS = 1 << BITS

/** Ids handled between two pauses: about a millisecond. */
const BLOCK = 1 << 16

/**
 * Ids in the order of their keys; of equal keys, in the order they were in. Takes 0.1 s for millions
 * and lets the page work in between.
 *
 * @param keys Key of each id; overwritten.
 * @param signal Its reason is thrown if it is aborted meanwhile.
 * @returns `ids` in the new order: the array itself or another; `ids` is overwritten.
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

/** Where the ids of each bucket begin; null if all are in one, so that there is nothing to sort. */
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
