import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from '../../archive/crc32.node.ts'
import { UserError } from '../../errors'
import { assertRoom } from './disk-room.node.ts'
import { lockFetch } from './fetch-lock.node.ts'
import { LOCK_FILE, writeCompanions } from './folder-sink.node.ts'
import { entryBytes, jsonName, planShards, type Shard, type ShardLimits } from './plan-shards'
import type { Batch, Companion, Sink, WantedFile } from './sink'
import { allocatedBytes, type Slot, SlotFile } from './slot-file.node.ts'
import { readSamples, stageSamples } from './stage-samples.node.ts'
import { TAR_END_BYTES, tarHeader, tarPadding } from './tar-records'
import type { Wanted } from './wanted'

export interface TarOptions extends ShardLimits {
  /** Start of the names of shards. */
  readonly name: string
  /** Facts about the images as lines of `jsonl`; null for a list of names. */
  readonly lines: (() => AsyncIterable<string>) | null
  readonly companions: readonly Companion[]
  /** Number of samples per batch. */
  readonly batchSamples?: number
}

/**
 * Tar shards in WebDataset's layout. A sample is an image, its masks and a JSON file with the same key. Shards are
 * filled one after the other. Complete shards are checked and kept.
 *
 * @param out Folder of the shards.
 */
export function tarSink(out: string, wanted: Wanted, options: TarOptions): Sink {
  let unlock = async () => {}
  let shards: readonly Shard[] = []
  return {
    out,
    async open() {
      await mkdir(out, { recursive: true })
      unlock = await lockFetch(join(out, LOCK_FILE), out)
      const count = await stageSamples(wanted, options.lines?.() ?? null)
      shards = await planShards(readSamples(wanted, 0, count - 1), options.name, options)
      await assertOwnShards(out, options.name, shards)
      const bytes = shards.reduce((sum, shard) => sum + shard.bytes, 0)
      const files = shards.length
      await assertRoom(out, { bytes, files }, async () => {
        const there = await Promise.all(shards.map(({ name }) => allocatedBytes(join(out, name))))
        return { bytes: there.reduce((sum, each) => sum + each, 0), files: 0 }
      })
      await writeCompanions(out, options.companions)
    },
    async *batches() {
      for (const shard of shards) {
        const file = await SlotFile.open(join(out, shard.name), async () => shard.bytes)
        try {
          yield* shardBatches(file, shard, wanted, options.batchSamples ?? 2_000)
        } finally {
          await file.close()
        }
      }
    },
    async finish() {},
    close: () => unlock(),
  }
}

/** The batches of a shard. A shard of small pictures has too many samples for a single batch. */
async function* shardBatches(
  file: SlotFile,
  shard: Shard,
  wanted: Wanted,
  samples: number,
): AsyncGenerator<Batch> {
  let at = 0
  let lost = 0
  for (let first = shard.first; first <= shard.last; first += samples) {
    const last = Math.min(first + samples - 1, shard.last)
    const { batch, end } = await placedBatch(file, wanted, { first, last, at })
    yield {
      ...batch,
      async end(failed) {
        await batch.end(failed)
        lost += failed
        if (last < shard.last) return
        await file.ensure(end, new Uint8Array(TAR_END_BYTES))
        // A shard with a missing file stays incomplete.
        if (lost === 0) await file.finish(end + TAR_END_BYTES)
      },
    }
    at = end
  }
}

/**
 * Samples `first` to `last`, inclusive, of a shard, with their positions from byte `at`. Also gives the end position.
 */
async function placedBatch(
  file: SlotFile,
  wanted: Wanted,
  { first, last, at: start }: { first: number; last: number; at: number },
): Promise<{ batch: Batch; end: number }> {
  // Headers are made only when they are written. Otherwise the headers of a batch would take more memory than its
  // files.
  const places = new Map<WantedFile, { name: string; at: number }>()
  const texts: { name: string; at: number; json: string }[] = []
  let end = start
  const place = (name: string, bytes: number) => {
    const at = end
    end += entryBytes(name, bytes)
    return { name, at }
  }
  for await (const { key, files, json } of readSamples(wanted, first, last)) {
    texts.push({ ...place(jsonName(key), Buffer.byteLength(json)), json })
    for (const { name, file } of files) places.set(file, place(name, file.bytes))
  }
  const slotOf = (wanted: WantedFile) => {
    const { name, at } = places.get(wanted) as { name: string; at: number }
    return slot(name, at, wanted)
  }
  const batch: Batch = {
    files: [...places.keys()],
    isGood: wanted => file.isGood(slotOf(wanted)),
    store: (wanted, data) => file.fill(slotOf(wanted), data),
    async end() {
      for (const { name, at, json } of texts) {
        const data = Buffer.from(json)
        const text = slot(name, at, { bytes: data.length, crc32: crc32(data) })
        if (!(await file.isGood(text))) await file.fill(text, data)
      }
    },
  }
  return { batch, end }
}

const slot = (
  name: string,
  at: number,
  { bytes, crc32 }: Pick<WantedFile, 'bytes' | 'crc32'>,
): Slot => ({ at, head: tarHeader(name, bytes), bytes, crc32, padding: tarPadding(bytes) })

/** @throws UserError if the folder has shards of another subset. Readers of the folder would mix them. */
async function assertOwnShards(out: string, name: string, shards: readonly Shard[]): Promise<void> {
  const own = new Set(shards.map(shard => shard.name))
  const other = (await readdir(out)).find(
    file =>
      file.startsWith(`${name}-`) &&
      /-\d{6}\.tar(\.incomplete)?$/.test(file) &&
      !own.has(file.replace(/\.incomplete$/, '')),
  )
  if (other !== undefined)
    throw new UserError(
      `${join(out, other)}: is a shard of another subset, or was written with other --shard-bytes or --shard-samples; remove it, or choose another --out`,
    )
}
