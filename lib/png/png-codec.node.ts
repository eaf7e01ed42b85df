import { pipeline } from 'node:stream/promises'
import { createInflate } from 'node:zlib'
import { crc32 } from '../archive/crc32.node.ts'
import type { PngCodec } from './decode-rows'
import { corrupt } from './png-fault'

/** Unpacked bytes of a piece. */
const PIECE_BYTES = 1 << 16

/** Decoding by Node's zlib. */
export const nodeCodec: PngCodec = { inflate, crc32 }

async function* inflate(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacker = createInflate({ chunkSize: PIECE_BYTES })
  let given = 0
  async function* counted() {
    for await (const piece of packed) {
      given += piece.length
      yield piece
    }
  }
  const fed = pipeline(counted, unpacker)
  // An error here destroys the unpacker too, and the loop below throws it.
  fed.catch(() => {})
  try {
    yield* unpacker as AsyncIterable<Buffer>
    await fed
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_')) throw corrupt(`damaged (${message})`, error)
    throw error
  }
  if (unpacker.bytesWritten !== given) throw corrupt('damaged (bytes follow its pixels)')
}
