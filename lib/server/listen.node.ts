import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http'
import { hostname } from 'node:os'
import type { Duplex } from 'node:stream'
import { UserError } from '../errors'
import { encodeAnswer } from '../http/encode-answer.node.ts'
import { type FileAnswer, sendAnswer, textAnswer } from '../http/file-answer.node.ts'
import { handleFiles } from '../http/handle-files.node.ts'
import { absoluteTarget, type HostRule, hostName, isAllowedHost } from '../http/host-check'
import { readBody } from '../http/read-body.node.ts'
import { securityHeaders } from '../http/security-headers'
import { answerRequest, POSTS_BELOW } from './answer.node.ts'
import type { App } from './app.node.ts'

/** Maximum bytes of a POST. A recipe with a hundred thousand ids has some 300 kB. */
const MAX_BODY = 2_000_000

/** Where a server listens, and who it answers for. */
export interface Address {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Host names that are allowed besides the machine's own, as `allowedNames` gives them. */
  readonly allowHosts?: readonly string[]
}

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
 * @param log Called for every answer that failed because of a bug.
 * @throws UserError if the server cannot listen on the host and port.
 */
export async function listen(
  app: App,
  { port, host, allowHosts = [] }: Address,
  log: (line: string) => void,
): Promise<Listening> {
  const everywhere = Object.entries(securityHeaders(app.settings.connect))
  const rule: HostRule = { bound: host, names: [...allowHosts, ...machineNames()] }
  const server = createServer({ requireHostHeader: false }, async (request, response) => {
    for (const [name, value] of everywhere) response.setHeader(name, value)
    try {
      const refusal = refusedHost(request, rule)
      if (refusal) await sendAnswer(refusal, response)
      else await respond(app, request, response)
    } catch (error) {
      log(`${request.method} ${request.url}: ${error instanceof Error ? error.stack : error}`)
      failed(response)
    }
  })
  // What Node answers by itself, without our function.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuse(socket, CLIENT_ERRORS[error.code ?? ''] ?? 400, everywhere),
  )
  server.on('connect', (_, socket) => refuse(socket, 405, everywhere))
  server.on('checkExpectation', (_, response: ServerResponse) => {
    for (const [name, value] of everywhere) response.setHeader(name, value)
    void sendAnswer(textAnswer(417, 'This expectation is not met here.'), response)
  })
  await listening(server, port, host)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () => close(server),
    closed: new Promise(resolve => server.once('close', resolve)),
  }
}

const CLIENT_ERRORS: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
}

/** Answer on the connection itself, and close it. */
function refuse(
  socket: Duplex,
  status: number,
  headers: readonly (readonly [string, string])[],
): void {
  if (!socket.writable) return void socket.destroy()
  const lines = [...headers, ['Connection', 'close'], ['Content-Length', '0']]
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n`)
}

/** Names of this machine in its network; a name without dots is no site's. */
function machineNames(): string[] {
  const name = hostName(hostname())
  return name === null ? [] : [name]
}

/**
 * The answer to a request for a host that is not ours; null for all others. X-Forwarded-Host is not looked at,
 * because anybody can send it.
 */
function refusedHost(request: IncomingMessage, rule: HostRule): FileAnswer | null {
  const { url = '/', rawHeaders } = request
  const hosts = rawHeaders.filter(
    (_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'host',
  )
  const target = absoluteTarget(url)
  const asked = [...hosts, ...(target ? [target.authority] : [])]
  if (hosts.length > 1) return textAnswer(400, 'The request names more than one host.')
  const wrong = asked.find(host => !isAllowedHost(host, rule))
  if (asked.length === 0) return textAnswer(400, 'The request names no host.')
  if (wrong === undefined) return null
  const name = hostName(wrong)
  return textAnswer(
    421,
    name === null
      ? 'The request names a host that is not well formed.'
      : `This server does not answer for the host ${name}. If it should, start it with --allow-host ${name}.`,
  )
}

function respond(app: App, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = request.url ?? '/'
  const [path = '/', ...rest] = (absoluteTarget(url)?.target ?? url).split('?')
  const query = rest.join('?')
  return handleFiles(
    request,
    response,
    async (headers, signal) => {
      const body = request.method === 'POST' ? await readBody(request, MAX_BODY) : undefined
      const answer = await answerRequest(app, { path, query, headers, signal, body })
      return encodeAnswer(answer, headers.get('accept-encoding'))
    },
    { alsoPost: path.startsWith(POSTS_BELOW), hidePaths: app.hidePaths },
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
