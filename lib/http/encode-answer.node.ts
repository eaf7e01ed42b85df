import { compressText, TEXT_ENCODINGS } from './compress.node.ts'
import { chooseEncoding } from './content-encoding'
import type { FileAnswer } from './file-answer.node.ts'

/** Smaller answers are not compressed. */
const SMALLEST = 1000

/** Types that compress well. */
const COMPRESSIBLE = /^(text\/|application\/json|application\/javascript|image\/svg\+xml)/

/**
 * Compress an answer that is a text in memory, if the client accepts that. Parts of files, pictures and answers
 * that are compressed already stay as they are.
 *
 * @param accepted Accept-Encoding of the request.
 */
export async function encodeAnswer(
  answer: FileAnswer,
  accepted: string | null,
): Promise<FileAnswer> {
  const { headers, body } = answer
  const isText = typeof body === 'string' || body instanceof Uint8Array
  if (!isText || body.length < SMALLEST || headers['Content-Encoding']) return answer
  if (!COMPRESSIBLE.test(headers['Content-Type'] ?? '')) return answer
  const vary = { Vary: 'Accept-Encoding' }
  const encoding = chooseEncoding(accepted, TEXT_ENCODINGS)
  if (encoding === null) return { ...answer, headers: { ...headers, ...vary } }
  const encoded = await compressText(Buffer.from(body), encoding)
  return {
    ...answer,
    headers: {
      ...headers,
      ...vary,
      'Content-Encoding': encoding,
      'Content-Length': String(encoded.length),
    },
    body: encoded,
  }
}
