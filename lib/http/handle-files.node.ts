import type { IncomingMessage, ServerResponse } from 'node:http'
import { UserError } from '../errors'
import { type FileAnswer, sendAnswer, textAnswer } from './file-answer.node.ts'
import { pathHider } from './hide-paths'

/** The headers of a request, by name in lower case. */
export interface RequestHeaders {
  get(name: string): string | null
}

/** Makes the answer to a request; the signal is aborted when the client hangs up. */
export type AnswerRequest = (
  headers: RequestHeaders,
  signal: AbortSignal,
) => FileAnswer | Promise<FileAnswer>

/**
 * Answer GET and HEAD requests; refuse other methods. A UserError (such as a missing or incomplete manifest) is
 * answered with 503 and its message.
 *
 * @param alsoPost Allow POST, for questions that are too long for a URL.
 * @param hidePaths Makes messages of errors fit to be sent, as `pathHider`.
 */
export async function handleFiles(
  request: IncomingMessage,
  response: ServerResponse,
  answer: AnswerRequest,
  { alsoPost = false, hidePaths = pathHider([]) } = {},
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
  const found = await answered(request, answer, hidePaths, gone.signal)
  if (found === null) return
  const { status, headers } = found
  return sendAnswer(request.method === 'HEAD' ? { status, headers, body: null } : found, response)
}

/** Null if the client hung up before there was an answer. */
async function answered(
  request: IncomingMessage,
  answer: AnswerRequest,
  hidePaths: (text: string) => string,
  signal: AbortSignal,
): Promise<FileAnswer | null> {
  try {
    return await answer({ get: name => headerOf(request, name) }, signal)
  } catch (error) {
    if (signal.aborted) return null
    if (error instanceof UserError) return textAnswer(503, hidePaths(error.message))
    throw error
  }
}

function headerOf({ method, headers }: IncomingMessage, name: string): string | null {
  // A range applies to GET only (RFC 9110, 14.2).
  if (name === 'range' && method !== 'GET') return null
  const value = headers[name]
  return typeof value === 'string' ? value : null
}
