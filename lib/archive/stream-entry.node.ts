import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import type { Archive } from './archive'
import { crc32 } from './crc32.node.ts'
import { type NamedLocator, STORED } from './entry'
import { readPacked } from './read-packed'
import { checkData, checkLocator, inflateError, tooLong, trailing } from './unpack.node.ts'

/** Packed bytes that are read at a time; more from a host, which may limit requests per minute. */
const BLOCK_BYTES = 1 << 20
const REMOTE_BLOCK_BYTES = 8 << 20
/** Bytes that are handed on at a time. */
const CHUNK_BYTES = 1 << 18

/**
 * The data of one entry from its start, for entries too large for memory; the next block is on its
 * way while one is unpacked.
 *
 * Size and CRC-32 can only be checked at the end: what is made of the chunks must not count before the
 * last one has come without an error.
 *
 * @throws EntryError naming part and entry if it cannot be read; what the parts throw.
 */
export async function* streamEntry(
  { parts }: Pick<Archive, 'parts'>,
  entry: NamedLocator,
  { signal }: { readonly signal?: AbortSignal } = {},
): AsyncGenerator<Uint8Array> {
  checkLocator(entry, parts)
  const packed = packedBlocks({ parts }, entry, signal)
  let bytes = 0
  let crc = 0
  for await (const chunk of entry.method === STORED ? packed : inflated(packed, entry, parts)) {
    bytes += chunk.length
    if (bytes > entry.bytes) throw tooLong(entry, parts)
    crc = crc32(chunk, crc)
    yield chunk
  }
  checkData(bytes, crc, entry, parts)
}

async function* packedBlocks(
  { parts }: Pick<Archive, 'parts'>,
  entry: NamedLocator,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const blockBytes = parts.source(entry.part).isRemote ? REMOTE_BLOCK_BYTES : BLOCK_BYTES
  const first = Math.min(blockBytes, entry.compressedBytes)
  const { data, dataPosition } = await readPacked(parts, entry, first, signal)
  const readBlock = (from: number) => {
    const end = Math.min(entry.compressedBytes, parts.size - dataPosition)
    const length = Math.min(blockBytes, end - from)
    const block = length > 0 ? parts.read(parts.place(dataPosition + from), length, signal) : null
    // It may fail while nobody waits for it: whoever awaits it hears of that.
    block?.catch(() => {})
    return block
  }
  let done = data.length
  let next = readBlock(done)
  yield data
  while (next) {
    const block = await next
    done += block.length
    next = readBlock(done)
    yield block
  }
}

async function* inflated(
  packed: AsyncIterable<Uint8Array>,
  entry: NamedLocator,
  parts: Archive['parts'],
): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES })
  const fed = pipeline(packed, inflate)
  // What goes wrong in it destroys the inflater too, where the loop meets it.
  fed.catch(() => {})
  try {
    yield* inflate as AsyncIterable<Buffer>
  } catch (error) {
    throw inflateError(error, entry, parts)
  }
  if (inflate.bytesWritten !== entry.compressedBytes) throw trailing(entry, parts)
}
