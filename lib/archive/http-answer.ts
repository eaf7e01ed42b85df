import { formatCount } from '../format'
import { askedWait } from './asked-wait'
import { MissingSourceError } from './byte-source'
import { NetworkError } from './network-error'
import { ExpiredFault, PassingFault } from './retry'
import { checkUnchanged, type KnownFile, SourceChangedError, type Validators } from './validators'

/** The request that an answer belongs to. */
export interface Asked {
  /** The source, for messages: a URL without its query. */
  readonly name: string
  /** First and last byte, both included. */
  readonly start: number
  readonly end: number
  /** The file as it was opened; null while it is being opened. */
  readonly known: KnownFile | null
  /** Whether the URL is the target of an earlier redirect, which may expire. */
  readonly isRedirected: boolean
}

/** The part of a file in an answer, `end` inclusive; `size` is null if the server says "*". */
export interface AnsweredRange extends Validators {
  readonly start: number
  readonly end: number
  readonly size: number | null
}

/** What a signed URL is refused with when it has expired; S3 answers 400 to an old token. */
const REFUSED = new Set([400, 401, 403, 404, 410])

/** Answers of a server that may be another one a moment later; 520 to 529 are those of a CDN whose server fails. */
const mayPass = (status: number): boolean =>
  [408, 425, 429, 500, 502, 503, 504].includes(status) || (status >= 520 && status <= 529)

/**
 * Reads the head of an answer to a range request.
 *
 * @returns A range that starts at the requested start and ends at the requested end or before.
 * @throws PassingFault where trying again may help; SourceChangedError, or NetworkError where it will not.
 */
export function readAnswer(
  answer: Pick<Response, 'status' | 'headers' | 'url'>,
  asked: Asked,
): AnsweredRange {
  const { status, headers } = answer
  const { name, known } = asked
  const server = serverOf(answer, asked)
  if (status === 200 || status === 206) checkPlain(headers, server, asked)
  if (status !== 206) throw refusal(answer, server, asked)
  const range = parseContentRange(headers.get('content-range'))
  if (!range)
    throw new NetworkError(
      `${name}: ${server} answers a Range request without Content-Range; use another server, or download the parts`,
    )
  const validators = validatorsOf(headers)
  if (known) checkUnchanged(name, known, validators, range.size)
  if (range.start !== asked.start || range.end > asked.end || range.end < range.start)
    throw new PassingFault(
      `${server} sent bytes ${range.start}-${range.end} instead of ${asked.start}-${asked.end}`,
    )
  return { ...range, ...validators }
}

/** "the server", with its host if a redirect led to another one than that of the source. */
function serverOf({ url }: Pick<Response, 'url'>, { name }: Asked): string {
  const [host, own] = [url, name].map(each => (URL.canParse(each) ? new URL(each).host : ''))
  return host && host !== own ? `the server ${host}` : 'the server'
}

/** @throws NetworkError if the bytes are not those of the file. */
function checkPlain(headers: Headers, server: string, { name }: Asked): void {
  const encoding = headers.get('content-encoding')?.trim()
  if (encoding && encoding.toLowerCase() !== 'identity')
    throw new NetworkError(
      `${name}: ${server} compresses ranges (Content-Encoding: ${encoding}), so they are not the bytes of the file; turn compression off for .zip and .z01 files there, use another server, or download the parts`,
    )
}

function refusal(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  server: string,
  asked: Asked,
): Error {
  const { name, known, isRedirected } = asked
  if (status === 200) {
    if (known) checkUnchanged(name, known, validatorsOf(headers), null)
    return new NetworkError(
      /^text\/html\b/i.test(headers.get('content-type') ?? '')
        ? `${name}: ${server} answers with a web page instead of the file; the link may need a login, or the network a sign-in`
        : `${name}: ${server} does not support Range requests (it answers 200 with the whole file); use another server, or download the parts`,
    )
  }
  if (status === 416)
    return known
      ? new SourceChangedError(name, `the server has no bytes at ${formatCount(asked.start)}, 416`)
      : new NetworkError(`${name}: the file is empty (416)`)
  if (mayPass(status)) {
    const askedMs = askedWait(status, headers)
    return new PassingFault(
      status === 429
        ? `${server} limits requests (429)`
        : `${server} answers with an error (${status})`,
      { askedMs, isAnswer: true },
    )
  }
  if (isRedirected && REFUSED.has(status))
    return new ExpiredFault(`the URL that it redirects to has expired (${status})`)
  if (status === 404 || status === 410)
    return new MissingSourceError(`${name}: no such file on ${server} (${status})`)
  if (status === 401 || status === 403)
    return new NetworkError(
      `${name}: ${server} refuses access (${status}); the link may have expired, or need a login: get a fresh one`,
    )
  return new NetworkError(`${name}: ${server} answers ${status} to a Range request`)
}

const validatorsOf = (headers: Headers): Validators => ({
  etag: headers.get('etag') || null,
  lastModified: headers.get('last-modified') || null,
})

function parseContentRange(header: string | null) {
  const match = header && /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(header.trim())
  if (!match) return null
  const [, start, end, size] = match
  return { start: Number(start), end: Number(end), size: size === '*' ? null : Number(size) }
}
