import { mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { crc32 } from '../../archive/crc32.node.ts'
import { centralRecord, endRecords, localRecord, type StoredFile } from '../../archive/zip-records'
import { assertRoom } from './disk-room.node.ts'
import { lockFetch } from './fetch-lock.node.ts'
import type { Companion, Sink, WantedFile } from './sink'
import { allocatedBytes, type Slot, SlotFile, slotBytes } from './slot-file.node.ts'
import type { Wanted } from './wanted'

/** Folder of the release in the ZIP. */
const FOLDER = 'SAMed2Dv1/'

/** Bytes of the directory per write. */
const BLOCK_BYTES = 1 << 20

/** Bytes per file besides data and names: local record, central record, and an offset in Zip64. */
const RECORD_BYTES = 30 + 46 + 12

/**
 * A ZIP in the release's layout with stored entries. Pictures are in the order of the source archive, followed by
 * companions. The same files always give the same bytes, and the position of every picture is known in advance.
 *
 * @param out Path of the `.zip`.
 */
export function zipSink(out: string, wanted: Wanted, companions: readonly Companion[]): Sink {
  let unlock = async () => {}
  let file: SlotFile | null = null
  const opened = () => {
    if (!file) throw new Error(`${out}: is not open`)
    return file
  }
  return {
    out,
    async open() {
      await mkdir(dirname(out), { recursive: true })
      unlock = await lockFetch(`${out}.lock`, out)
      const bytes = wanted.bytes + 2 * wanted.nameBytes + wanted.files * RECORD_BYTES
      await assertRoom(dirname(out), { bytes, files: 1 }, async () => ({
        bytes: await allocatedBytes(out),
        files: 0,
      }))
      file = await SlotFile.open(out, () => zipBytes(wanted, companions))
    },
    async *batches() {
      for await (const page of placed(wanted)) {
        const slots = new Map<WantedFile, Slot>(page.map(one => [one.file, one.slot]))
        const slotOf = (file: WantedFile) => slots.get(file) as Slot
        yield {
          files: page.map(one => one.file),
          isGood: file => opened().isGood(slotOf(file)),
          store: (file, data) => opened().fill(slotOf(file), data),
          end: async () => {},
        }
      }
    },
    async finish(failed) {
      if (failed > 0) return
      const bytes = await writeRest(wanted, companions, (at, bytes) => opened().ensure(at, bytes))
      await opened().finish(bytes)
    },
    async close() {
      await file?.close()
      await unlock()
    },
  }
}

/** Size of the complete archive. */
const zipBytes = (wanted: Wanted, companions: readonly Companion[]): Promise<number> =>
  writeRest(wanted, companions, null)

/** Pictures with their positions, in order. */
async function* placed(wanted: Wanted) {
  let at = 0
  for await (const files of wanted.pages())
    yield files.map(file => {
      const stored = storedFile(file)
      const slot: Slot = { at, head: localRecord(stored), ...sizesOf(file) }
      at += slotBytes(slot)
      return { file, stored, slot }
    })
}

const storedFile = ({ path, bytes, crc32 }: WantedFile): StoredFile => ({
  name: FOLDER + path,
  bytes,
  crc32,
})

const sizesOf = ({ bytes, crc32 }: WantedFile) => ({ bytes, crc32, padding: 0 })

type Write = (at: number, bytes: Uint8Array) => Promise<void>

const nowhere: Write = async () => {}

/**
 * Write everything after the pictures: companions, directory and end records.
 *
 * @param write Null to compute only the size.
 * @returns Size of the complete archive.
 */
async function writeRest(
  wanted: Wanted,
  companions: readonly Companion[],
  write: Write | null,
): Promise<number> {
  let at = 0
  for await (const page of placed(wanted))
    for (const { slot } of page) at = slot.at + slotBytes(slot)
  const others: { stored: StoredFile; at: number }[] = []
  for (const companion of companions) {
    const stored = await writeCompanion(companion, at, write)
    others.push({ stored, at })
    at += localRecord(stored).length + stored.bytes
  }
  const directory = appender(at, write ?? nowhere)
  let entries = 0
  for await (const page of placed(wanted))
    for (const { stored, slot } of page) {
      await directory.append(centralRecord(stored, slot.at))
      entries++
    }
  for (const { stored, at } of others) await directory.append(centralRecord(stored, at))
  entries += others.length
  await directory.flush()
  const end = endRecords(entries, directory.at - at, at)
  await write?.(directory.at, end)
  return directory.at + end.length
}

/** Write a companion. Its local header is written last, because size and CRC are known only at the end. */
async function writeCompanion(
  { name, content, known }: Companion,
  at: number,
  write: Write | null,
): Promise<StoredFile> {
  if (!write && known) return { name: FOLDER + name, ...known }
  const nothing = { name: FOLDER + name, bytes: 0, crc32: 0 }
  const start = at + localRecord(nothing).length
  const written = appender(start, write ?? nowhere)
  let crc = 0
  for await (const piece of content()) {
    const bytes = Buffer.from(piece)
    crc = crc32(bytes, crc)
    await written.append(bytes)
  }
  await written.flush()
  const stored = { ...nothing, bytes: written.at - start, crc32: crc }
  await write?.(at, localRecord(stored))
  return stored
}

/** Combines small pieces into larger writes. `at` is the position of the next write. */
function appender(start: number, write: Write) {
  let pieces: Uint8Array[] = []
  let size = 0
  const self = {
    at: start,
    async append(piece: Uint8Array) {
      pieces.push(piece)
      size += piece.length
      if (size >= BLOCK_BYTES) await self.flush()
    },
    async flush() {
      if (size === 0) return
      await write(self.at, Buffer.concat(pieces))
      self.at += size
      pieces = []
      size = 0
    },
  }
  return self
}
