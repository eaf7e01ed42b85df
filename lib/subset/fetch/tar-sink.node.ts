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
import type { Wanted } from './wanted-files.node.ts'

export interface TarOptions extends ShardLimits {
  /** What the shards' names begin with. */
  readonly name: string
  /** What is known of the images, as lines of `jsonl`; null for a list of names. */
  readonly lines: (() => AsyncIterable<string>) | null
  readonly companions: readonly Companion[]
}

/**
 * Tar shards in WebDataset's layout: a sample is an image, its masks and a JSON under one key. One shard is
 * filled after the other; those that are whole are looked at and left.
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
          yield await shardBatch(file, shard, wanted)
        } finally {
          await file.close()
        }
      }
    },
    async finish() {},
    close: () => unlock(),
  }
}

async function shardBatch(file: SlotFile, shard: Shard, wanted: Wanted): Promise<Batch> {
  // Headers are made when they are written: all of a shard would take more memory than its files.
  const places = new Map<WantedFile, { name: string; at: number }>()
  const texts: { name: string; at: number; json: string }[] = []
  let end = 0
  const place = (name: string, bytes: number) => {
    const at = end
    end += entryBytes(name, bytes)
    return { name, at }
  }
  for await (const { key, files, json } of readSamples(wanted, shard.first, shard.last)) {
    texts.push({ ...place(jsonName(key), Buffer.byteLength(json)), json })
    for (const { name, file } of files) places.set(file, place(name, file.bytes))
  }
  const slotOf = (wanted: WantedFile) => {
    const { name, at } = places.get(wanted) as { name: string; at: number }
    return slot(name, at, wanted)
  }
  return {
    files: [...places.keys()],
    isGood: wanted => file.isGood(slotOf(wanted)),
    store: (wanted, data) => file.fill(slotOf(wanted), data),
    async end(failed) {
      for (const { name, at, json } of texts) {
        const data = Buffer.from(json)
        const text = slot(name, at, { bytes: data.length, crc32: crc32(data) })
        if (!(await file.isGood(text))) await file.fill(text, data)
      }
      await file.ensure(end, new Uint8Array(TAR_END_BYTES))
      // A shard with a hole in it is not whole.
      if (failed === 0) await file.finish(end + TAR_END_BYTES)
    },
  }
}

const slot = (
  name: string,
  at: number,
  { bytes, crc32 }: Pick<WantedFile, 'bytes' | 'crc32'>,
): Slot => ({ at, head: tarHeader(name, bytes), bytes, crc32, padding: tarPadding(bytes) })

/** Whoever reads all shards of a folder would take those of another subset for its own. */
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
      `${join(out, other)}: is a shard of another subset, or of other --shard-bytes or --shard-samples; remove it, or choose another --out`,
    )
}
