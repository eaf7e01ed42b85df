import type { IncomingMessage } from 'node:http'

/**
 * The body of a request as text.
 *
 * @param maxBytes No more than that is read.
 * @returns Null if there is more.
 * @throws if the client hangs up in the middle.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  const pieces: Buffer[] = []
  let bytes = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length
    if (bytes > maxBytes) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
