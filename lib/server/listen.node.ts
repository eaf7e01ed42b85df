import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { UserError } from '../errors'
import { encodeAnswer } from '../http/encode-answer.node.ts'
import { sendAnswer, textAnswer } from '../http/file-answer.node.ts'
import { handleFiles } from '../http/handle-files.node.ts'
import { readBody } from '../http/read-body.node.ts'
import { securityHeaders } from '../http/security-headers'
import { answerRequest, POSTS_BELOW } from './answer.node.ts'
import type { App } from './app.node.ts'

/** Maximum bytes of a POST. A recipe with a hundred thousand ids has some 300 kB. */
const MAX_BODY = 2_000_000

export interface Listening {
  readonly port: number
  /** Accept no new requests, wait a moment for running ones, then close their connections. */
  close(): Promise<void>
  /** Resolves when the server is closed. */
  readonly closed: Promise<void>
}

const CLOSE_MS = 3000

/**
 * Serve an app over HTTP.
 *
 * @param port 0 for any free port.
 * @param log Called for every answer that failed because of a bug.
 * @throws UserError if the server cannot listen on the host and port.
 */
export async function listen(
  app: App,
  { port, host }: { readonly port: number; readonly host: string },
  log: (line: string) => void,
): Promise<Listening> {
  const everywhere = Object.entries(securityHeaders(app.settings.connect))
  const server = createServer(async (request, response) => {
    for (const [name, value] of everywhere) response.setHeader(name, value)
    try {
      await respond(app, request, response)
    } catch (error) {
      log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`)
      failed(response)
    }
  })
  await listening(server, port, host)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => close(server),
    closed: new Promise(resolve => server.once('close', resolve)),
  }
}

function respond(app: App, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '/', ...rest] = (request.url ?? '/').split('?')
  const query = rest.join('?')
  return handleFiles(
    request,
    response,
    async (headers, signal) => {
      const body = request.method === 'POST' ? await readBody(request, MAX_BODY) : undefined
      const answer = await answerRequest(app, { path, query, headers, signal, body })
      return encodeAnswer(answer, headers.get('accept-encoding'))
    },
    { alsoPost: path.startsWith(POSTS_BELOW) },
  )
}

/**
 * Answer 500, or close the connection if the answer has begun, so that the client does not take it for complete.
 */
function failed(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else
    void sendAnswer(
      textAnswer(500, 'The server failed; see the server output for details.'),
      response,
    ).catch(() => response.destroy())
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const messages: Readonly<Record<string, string>> = {
        EADDRINUSE: `port ${port} is taken; choose another with --port`,
        EACCES: `no permission to use port ${port}; choose one above 1023 with --port`,
        EADDRNOTAVAIL: `${host} is not an address of this machine; correct --host`,
        ENOTFOUND: `${host} is not an address of this machine; correct --host`,
      }
      const message = messages[error.code ?? '']
      reject(message ? new UserError(message, 1, { cause: error }) : error)
    })
    server.listen(port, host, resolve)
  })
}

function close(server: Server): Promise<void> {
  return new Promise(resolve => {
    server.close(() => resolve())
    server.closeIdleConnections()
    setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref()
  })
}
