import type { IncomingMessage, ServerResponse } from 'node:http'
import { UserError } from '../errors'
import { type FileAnswer, sendAnswer, textAnswer } from './file-answer.node.ts'

/** The headers of a request, by their names in lower case. */
export interface RequestHeaders {
  get(name: string): string | null
}

/** Makes the answer to a request; the signal is aborted when the client hangs up. */
export type AnswerRequest = (
  headers: RequestHeaders,
  signal: AbortSignal,
) => FileAnswer | Promise<FileAnswer>

/**
 * Answer a GET or HEAD request with files; refuse other methods. A UserError (no manifest, one that
 * is not whole) becomes a 503 with its message.
 *
 * @param alsoPost Whether a question may come as the body of a POST, for what is too long for an address.
 */
export async function handleFiles(
  request: IncomingMessage,
  response: ServerResponse,
  answer: AnswerRequest,
  { alsoPost = false } = {},
): Promise<void> {
  const methods = ['GET', 'HEAD', ...(alsoPost ? ['POST'] : [])]
  if (!methods.includes(request.method ?? '')) {
    const words = `${methods.slice(0, -1).join(', ')} and ${methods.at(-1)}`
    return sendAnswer(
      textAnswer(405, `Only ${words} work here.`, { Allow: methods.join(', ') }),
      response,
    )
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const found = await answered(request, answer, gone.signal)
  if (found === null) return
  const { status, headers } = found
  return sendAnswer(request.method === 'HEAD' ? { status, headers, body: null } : found, response)
}

/** Null if the client hung up before there was an answer. */
async function answered(
  request: IncomingMessage,
  answer: AnswerRequest,
  signal: AbortSignal,
): Promise<FileAnswer | null> {
  try {
    return await answer({ get: name => headerOf(request, name) }, signal)
  } catch (error) {
    if (signal.aborted) return null
    if (error instanceof UserError) return textAnswer(503, error.message)
    throw error
  }
}

function headerOf({ method, headers }: IncomingMessage, name: string): string | null {
  // A range applies to GET only (RFC 9110, 14.2).
  if (name === 'range' && method !== 'GET') return null
  const value = headers[name]
  return typeof value === 'string' ? value : null
}
