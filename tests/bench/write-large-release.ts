import { createReadStream } from 'node:fs'
import { type FileHandle, open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from '../../lib/archive/crc32.node.ts'
import { imageAt, makeIndex } from './make-index'

const FOLDER = 'SAMed2Dv1/'
/** Of each picture, stored; a hole that takes no disk. */
const PICTURE_BYTES = 60_000
const FLUSH_BYTES = 4 << 20
const EXTRA = 28

/**
 * Writes a release's split archive with true names: index and class map are really in it, and so is the
 * directory; of the pictures only the local headers at the part's ends, the rest are holes.
 *
 * @param images How many; about four masks each.
 * @returns Path of its `.zip`, and its number of entries.
 */
export async function writeLargeRelease(
  dir: string,
  images: number,
): Promise<{ path: string; entries: number; masks: number }> {
  const indexPath = await makeIndex(dir, images)
  const first = await open(join(dir, 'SA-Med2D-16M.z01'), 'w')
  const path = join(dir, 'SA-Med2D-16M.zip')
  const last = await open(path, 'w')
  const writer = new Directory()
  let offset = 4
  let masks = 0
  let end = { name: '', at: 0 }
  const picture = (name: string, crc: number) => {
    if (offset === 4) end = { name, at: offset }
    writer.add(FOLDER + name, 0, offset, PICTURE_BYTES, crc)
    end = { name, at: offset }
    offset += 30 + Buffer.byteLength(FOLDER + name) + PICTURE_BYTES
  }
  try {
    await first.write(Buffer.from([0x50, 0x4b, 7, 8]), 0, 4, 0)
    const { image } = imageAt(0)
    await writeLocal(first, 4, FOLDER + image, PICTURE_BYTES, 0)
    const directory = await open(join(dir, 'directory'), 'w+')
    try {
      for (let i = 0; i < images; i++) {
        picture(imageAt(i).image, i)
        if (writer.bytes > FLUSH_BYTES) await writer.flush(directory)
      }
      for (let i = 0; i < images; i++) {
        for (const mask of imageAt(i).masks) picture(mask, images + masks++)
        if (writer.bytes > FLUSH_BYTES) await writer.flush(directory)
      }
      await writeLocal(first, end.at, FOLDER + end.name, PICTURE_BYTES, images + masks - 1)
      await first.truncate(offset)
      let at = 0
      for (const file of [indexPath, indexPath.replace('.json', '_class_mapping_id.json')]) {
        const name = FOLDER + file.split('/').at(-1)
        const { size } = await stat(file)
        const start = at
        at += 30 + Buffer.byteLength(name)
        let crc = 0
        for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
          crc = crc32(chunk, crc)
          await last.write(chunk, 0, chunk.length, at)
          at += chunk.length
        }
        await writeLocal(last, start, name, size, crc)
        writer.add(name, 1, start, size, crc)
      }
      await writer.flush(directory)
      const from = at
      const buffer = Buffer.alloc(FLUSH_BYTES)
      for (let read = 0; read < writer.total; ) {
        const { bytesRead } = await directory.read(buffer, 0, buffer.length, read)
        await last.write(buffer, 0, bytesRead, at)
        read += bytesRead
        at += bytesRead
      }
      const tail = endOf(writer.entries, writer.total, from, at)
      await last.write(tail, 0, tail.length, at)
    } finally {
      await directory.close()
      await rm(join(dir, 'directory'))
    }
  } finally {
    await first.close()
    await last.close()
  }
  return { path, entries: writer.entries, masks }
}

/** Entries of a directory on their way to a file. */
class Directory {
  private blocks: Buffer[] = []
  bytes = 0
  total = 0
  entries = 0

  add(name: string, part: number, offset: number, size: number, crc: number) {
    const text = Buffer.from(name)
    const block = Buffer.alloc(46 + text.length + EXTRA)
    block.writeUInt32LE(0x02014b50, 0)
    block.writeUInt16LE((3 << 8) | 30, 4)
    block.writeUInt16LE(45, 6)
    block.writeUInt32LE(crc >>> 0, 16)
    block.writeUInt32LE(0xffffffff, 20)
    block.writeUInt32LE(0xffffffff, 24)
    block.writeUInt16LE(text.length, 28)
    block.writeUInt16LE(EXTRA, 30)
    block.writeUInt16LE(part, 34)
    block.writeUInt32LE(0o100644 * 0x10000, 38)
    block.writeUInt32LE(0xffffffff, 42)
    text.copy(block, 46)
    const extra = 46 + text.length
    block.writeUInt16LE(1, extra)
    block.writeUInt16LE(24, extra + 2)
    block.writeBigUInt64LE(BigInt(size), extra + 4)
    block.writeBigUInt64LE(BigInt(size), extra + 12)
    block.writeBigUInt64LE(BigInt(offset), extra + 20)
    this.blocks.push(block)
    this.bytes += block.length
    this.total += block.length
    this.entries++
  }

  async flush(file: FileHandle) {
    const block = Buffer.concat(this.blocks)
    await file.write(block, 0, block.length, this.total - block.length)
    this.blocks = []
    this.bytes = 0
  }
}

async function writeLocal(file: FileHandle, at: number, name: string, size: number, crc: number) {
  const text = Buffer.from(name)
  const bytes = Buffer.alloc(30 + text.length)
  bytes.writeUInt32LE(0x04034b50, 0)
  bytes.writeUInt16LE(45, 4)
  bytes.writeUInt32LE(crc >>> 0, 14)
  bytes.writeUInt32LE(size, 18)
  bytes.writeUInt32LE(size, 22)
  bytes.writeUInt16LE(text.length, 26)
  text.copy(bytes, 30)
  await file.write(bytes, 0, bytes.length, at)
}

/** Zip64 record, locator and end record; the directory is in the last of two parts. */
function endOf(entries: number, directoryBytes: number, from: number, at: number): Buffer {
  const bytes = Buffer.alloc(56 + 20 + 22)
  bytes.writeUInt32LE(0x06064b50, 0)
  bytes.writeBigUInt64LE(44n, 4)
  bytes.writeUInt32LE(1, 16)
  bytes.writeUInt32LE(1, 20)
  bytes.writeBigUInt64LE(2n, 24)
  bytes.writeBigUInt64LE(BigInt(entries), 24)
  bytes.writeBigUInt64LE(BigInt(entries), 32)
  bytes.writeBigUInt64LE(BigInt(directoryBytes), 40)
  bytes.writeBigUInt64LE(BigInt(from), 48)
  bytes.writeUInt32LE(0x07064b50, 56)
  bytes.writeUInt32LE(1, 60)
  bytes.writeBigUInt64LE(BigInt(at), 64)
  bytes.writeUInt32LE(2, 72)
  bytes.writeUInt32LE(0x06054b50, 76)
  bytes.fill(0xff, 80, 96)
  return bytes
}
