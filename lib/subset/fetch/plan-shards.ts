import type { Sample } from './stage-samples.node.ts'
import { TAR_END_BYTES, tarHeaderBytes, tarPadding } from './tar-records'

export interface ShardLimits {
  /** Maximum bytes of a shard. A shard with a single sample may be larger. */
  readonly maxBytes: number
  readonly maxSamples: number
}

/** A tar file of a subset. */
export interface Shard {
  /** File name. */
  readonly name: string
  /** First and last sample, inclusive. */
  readonly first: number
  readonly last: number
  /** Size of the file. */
  readonly bytes: number
}

/**
 * Divide samples into shards, in order, each as full as possible. Each split begins a new shard.
 *
 * @param name Start of the names of the shards.
 */
export async function planShards(
  samples: AsyncIterable<Sample>,
  name: string,
  { maxBytes, maxSamples }: ShardLimits,
): Promise<Shard[]> {
  const shards: { name: string; first: number; last: number; bytes: number }[] = []
  const counts = new Map<string | null, number>()
  let at = 0
  let split: string | null = null
  for await (const sample of samples) {
    const bytes = sampleBytes(sample)
    const shard = shards.at(-1)
    const fits = shard && shard.bytes + bytes <= maxBytes && at - shard.first < maxSamples
    if (fits && sample.split === split)
      Object.assign(shard, { last: at, bytes: shard.bytes + bytes })
    else {
      split = sample.split
      const nth = counts.get(split) ?? 0
      counts.set(split, nth + 1)
      const parts = [name, ...(split === null ? [] : [split]), String(nth).padStart(6, '0')]
      shards.push({
        name: `${parts.join('-')}.tar`,
        first: at,
        last: at,
        bytes: TAR_END_BYTES + bytes,
      })
    }
    at++
  }
  return shards
}

/** Bytes of a sample in a tar. */
function sampleBytes({ key, files, json }: Sample): number {
  return files.reduce(
    (sum, { name, file }) => sum + entryBytes(name, file.bytes),
    entryBytes(jsonName(key), Buffer.byteLength(json)),
  )
}

/** Bytes of a file in a tar: header, data, padding. */
export const entryBytes = (name: string, bytes: number): number =>
  tarHeaderBytes(name) + bytes + tarPadding(bytes)

export const jsonName = (key: string): string => `${key}.json`
