import { type FileHandle, open } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'

/** An answer to a request as plain data, before any file is opened, so that tests can look at it. */
export interface FileAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Text, bytes, a part of a file, or nothing. */
  readonly body: string | Uint8Array | FilePiece | null
}

/** Bytes `start` to `end` (inclusive) of a file that must have `size` bytes. */
export interface FilePiece {
  readonly path: string
  readonly size: number
  readonly start: number
  readonly end: number
}

const CHUNK_BYTES = 256 * 1024

/** A message as plain text; never cached, because the next request may succeed. */
export const textAnswer = (
  status: number,
  text: string,
  headers: Record<string, string> = {},
): FileAnswer => ({
  status,
  headers: {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text) + 1),
    'Cache-Control': 'no-store',
    ...headers,
  },
  body: `${text}\n`,
})

/**
 * A value as JSON.
 *
 * @param caching Value of Cache-Control.
 */
export function jsonAnswer(value: unknown, caching = 'no-store'): FileAnswer {
  const body = JSON.stringify(value)
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': caching,
    },
    body,
  }
}

/**
 * Send an answer and stream its file. Resolves when the last byte is sent or the client hung up; the file is
 * closed then.
 *
 * The file is opened before the headers are sent. If it does not exist or has another size, the answer is 503. If
 * it becomes shorter later, the connection is closed, so that the client does not take a part for the whole.
 */
export async function sendAnswer(answer: FileAnswer, response: ServerResponse): Promise<void> {
  const { status, headers, body } = answer
  if (body === null || typeof body === 'string' || body instanceof Uint8Array) {
    response.writeHead(status, headers).end(body ?? undefined)
    return
  }
  const file = await openPiece(body)
  if (file === null) {
    const message = 'The file was changed or removed; reload the page, or write it again.'
    return sendAnswer(textAnswer(503, message), response)
  }
  response.writeHead(status, headers)
  await sendPiece(file, body, response)
}

/** Null if the file does not exist or has another size. */
async function openPiece(piece: FilePiece): Promise<FileHandle | null> {
  let file: FileHandle
  try {
    file = await open(piece.path, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
  const { size } = await file.stat()
  if (size === piece.size) return file
  await file.close()
  return null
}

async function sendPiece(file: FileHandle, { start, end }: FilePiece, response: ServerResponse) {
  const stream = file.createReadStream({ start, end, highWaterMark: CHUNK_BYTES })
  try {
    await pipeline(stream, response, { end: false })
  } catch (error) {
    response.destroy()
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return
    throw error
  }
  if (stream.bytesRead === end + 1 - start) response.end()
  else response.destroy()
}
