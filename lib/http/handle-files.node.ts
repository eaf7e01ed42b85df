import type { IncomingMessage, ServerResponse } from 'node:http'
import { UserError } from '../errors'
import { type FileAnswer, sendAnswer, textAnswer } from './file-answer.node.ts'

/** The headers of a request, by their names in lower case. */
export interface RequestHeaders {
  get(name: string): string | null
}

/**
 * Answer a GET or HEAD request with files; refuse other methods. A UserError (no manifest, one that
 * is not whole) becomes a 503 with its message.
 */
export async function handleFiles(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (headers: RequestHeaders) => FileAnswer | Promise<FileAnswer>,
): Promise<void> {
  if (request.method === 'GET') return sendAnswer(await answered(request, answer), response)
  if (request.method === 'HEAD') {
    const { status, headers } = await answered(request, answer)
    return sendAnswer({ status, headers, body: null }, response)
  }
  return sendAnswer(
    textAnswer(405, 'Only GET and HEAD work here.', { Allow: 'GET, HEAD' }),
    response,
  )
}

async function answered(
  request: IncomingMessage,
  answer: (headers: RequestHeaders) => FileAnswer | Promise<FileAnswer>,
): Promise<FileAnswer> {
  try {
    return await answer({ get: name => headerOf(request, name) })
  } catch (error) {
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
