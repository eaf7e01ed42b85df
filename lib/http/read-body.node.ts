import type { IncomingMessage } from 'node:http'

/**
 * The body of a request as text.
 *
 * @param maxBytes Maximum size.
 * @returns Null if the body is larger; the rest is read and dropped, so that the client can read the answer.
 * @throws if the client hangs up before the end.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = []
    let bytes = 0
    request.on('data', (piece: Buffer) => {
      bytes += piece.length
      if (bytes <= maxBytes) pieces.push(piece)
      else {
        pieces.length = 0
        resolve(null)
      }
    })
    request.on('end', () => resolve(Buffer.concat(pieces).toString('utf8')))
    request.on('error', reject)
    request.on('close', () => reject(new Error('the client hung up')))
  })
}
