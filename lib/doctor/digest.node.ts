import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import * as zlib from 'node:zlib'
import { crc32 } from '../archive/crc32.node.ts'
import { STORED } from '../archive/entry'
import { inflateInfo } from '../archive/inflate-info.node.ts'
import type { Copy } from './copy.node.ts'
import type { Range } from './ranges'

/** What packed data unpack to. */
export interface Digest {
  readonly crc32: number
  readonly bytes: number
}

/** Up to so many packed bytes are held in memory; larger data are unpacked in pieces. */
export const IN_MEMORY_BYTES = 8 << 20
/** Data that unpack to more are unpacked in pieces too. */
const UNPACKED_BYTES = 64 << 20
/** Up to so many bytes, inflating in this thread is quicker than in another one. */
const AT_ONCE_BYTES = 16 << 10
const PIECE_BYTES = 1 << 20

const inflateRaw = promisify<Uint8Array, zlib.ZlibOptions, Buffer>(zlib.inflateRaw)

/**
 * CRC-32 and size of packed data, unpacked.
 *
 * @param declared Bytes that the data should unpack to; at most these are unpacked.
 * @returns Null if the data are damaged, unpack to more, or end before or after the packed bytes do.
 */
export async function digest(
  packed: Uint8Array,
  method: number,
  declared: number,
): Promise<Digest | null> {
  if (method === STORED) return { crc32: crc32(packed), bytes: packed.length }
  const options: zlib.ZlibOptions = {
    chunkSize: Math.max(64, declared + 1),
    maxOutputLength: Math.max(1, declared),
    info: true,
  }
  const isSmall = packed.length <= AT_ONCE_BYTES && declared <= 8 * AT_ONCE_BYTES
  try {
    const result = await (isSmall ? zlib.inflateRawSync : inflateRaw)(packed, options)
    const { buffer, engine } = inflateInfo(result)
    return engine.bytesWritten === packed.length
      ? { crc32: crc32(buffer), bytes: buffer.length }
      : null
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE' || code?.startsWith('Z_')) return null
    throw error
  }
}

/** As `digest`, of data in a copy; large data are read and unpacked in pieces. */
export async function digestAt(
  copy: Copy,
  range: Range,
  method: number,
  declared: number,
): Promise<Digest | null> {
  if (range.end - range.start <= IN_MEMORY_BYTES && declared <= UNPACKED_BYTES)
    return digest(await copy.read(range), method, declared)
  let [crc, bytes] = [0, 0]
  const add = (chunk: Uint8Array) => {
    crc = crc32(chunk, crc)
    bytes += chunk.length
  }
  if (method === STORED) {
    for await (const piece of piecesOf(copy, range)) add(piece)
    return { crc32: crc, bytes }
  }
  const inflate = zlib.createInflateRaw({ chunkSize: 1 << 18 })
  // An error of reading destroys the inflater, and the loop over it throws the error.
  const fed = pipeline(piecesOf(copy, range), inflate)
  fed.catch(() => {})
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      add(chunk)
      if (bytes > declared) return null
    }
    return inflate.bytesWritten === range.end - range.start ? { crc32: crc, bytes } : null
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) return null
    throw error
  }
}

async function* piecesOf(copy: Copy, { start, end }: Range): AsyncGenerator<Uint8Array> {
  for (let from = start; from < end; from += PIECE_BYTES)
    yield await copy.read({ start: from, end: Math.min(end, from + PIECE_BYTES) })
}

/** Whether packed data can belong to an entry: nothing larger is unpacked. */
export const isLarge = (packedBytes: number, bytes: number): boolean =>
  packedBytes > IN_MEMORY_BYTES || bytes > UNPACKED_BYTES
