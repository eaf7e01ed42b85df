import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import type { Archive } from './archive'
import { crc32 } from './crc32.node.ts'
import { type NamedLocator, STORED } from './entry'
import { readPacked } from './read-packed'
import { checkData, checkLocator, inflateError, tooLong, trailing } from './unpack.node.ts'

/** Packed bytes per read; more over HTTP, because hosts may limit requests per minute. */
const BLOCK_BYTES = 1 << 20
const REMOTE_BLOCK_BYTES = 8 << 20
/** Maximum bytes of a chunk. */
const CHUNK_BYTES = 1 << 18

/**
 * Yields the data of one entry in chunks, for entries too large for memory. The next block is read while one
 * is unpacked.
 *
 * Size and CRC-32 are checked at the end, so nothing made from the chunks may be used before the last chunk
 * has come without an error.
 *
 * @throws EntryError that names part and entry if it cannot be read; as `ByteSource.read`.
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
    // Prevents an unhandled rejection; the await below still throws it.
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
  // An error here destroys the inflater too, and the loop over the inflater throws it.
  fed.catch(() => {})
  try {
    yield* inflate as AsyncIterable<Buffer>
  } catch (error) {
    throw inflateError(error, entry, parts)
  }
  if (inflate.bytesWritten !== entry.compressedBytes) throw trailing(entry, parts)
}
