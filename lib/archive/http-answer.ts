import { UserError } from '../errors'
import { formatCount } from '../format'
import { PassingFault, parseRetryAfter } from './retry'

/** The file changed since it was opened; bytes of the old and the new file must not be mixed. */
export class SourceChangedError extends UserError {
  override name = 'SourceChangedError'

  constructor(source: string, how: string) {
    super(`${source}: changed while it was being read (${how}); run the command again`)
  }
}

/** Headers that identify one state of a file on a server; null where the server does not send them. */
export interface Validators {
  readonly etag: string | null
  readonly lastModified: string | null
}

/** The request that an answer belongs to. */
export interface Asked {
  /** The source, for messages. */
  readonly name: string
  /** First and last byte, both included. */
  readonly start: number
  readonly end: number
  /** The file as it was opened; null while it is being opened. */
  readonly known: (Validators & { readonly size: number }) | null
  /** Whether the URL is the target of an earlier redirect, which may expire. */
  readonly isRedirected: boolean
}

/** The part of a file in an answer, `end` inclusive; `size` is null if the server says "*". */
export interface AnsweredRange extends Validators {
  readonly start: number
  readonly end: number
  readonly size: number | null
}

const PASSING = new Set([408, 425, 429, 500, 502, 503, 504])
const REFUSED = new Set([401, 403, 404, 410])

/**
 * Reads the head of an answer to a range request.
 *
 * @returns A range that starts at the requested start and ends at the requested end or before.
 * @throws PassingFault where trying again may help; SourceChangedError, or UserError where it will not.
 */
export function readAnswer(
  { status, headers }: Pick<Response, 'status' | 'headers'>,
  asked: Asked,
): AnsweredRange {
  const { name, known } = asked
  if (status !== 206) throw refusal(status, headers, asked)
  const range = parseContentRange(headers.get('content-range'))
  if (!range)
    throw new UserError(
      `${name}: the server answers a Range request without Content-Range; use another server, or download the parts`,
    )
  const validators = validatorsOf(headers)
  if (known) checkUnchanged(name, known, validators, range.size)
  if (range.start !== asked.start || range.end > asked.end || range.end < range.start)
    throw new PassingFault(
      `the server sent bytes ${range.start}-${range.end} instead of ${asked.start}-${asked.end}`,
    )
  return { ...range, ...validators }
}

/** The value for If-Range: a strong tag, else the date; null if there is neither. */
export function ifRangeOf({ etag, lastModified }: Validators): string | null {
  if (etag !== null) return etag.startsWith('W/') ? null : etag
  return lastModified
}

function refusal(status: number, headers: Headers, asked: Asked): Error {
  const { name, known, isRedirected } = asked
  if (status === 200) {
    const now = validatorsOf(headers)
    if (known) checkUnchanged(name, known, now, null)
    // A 200 without validators in answer to If-Range means that the file has changed.
    if (known && ifRangeOf(known) !== null && !now.etag && !now.lastModified)
      return new SourceChangedError(name, 'the server sent the whole file for If-Range')
    return new UserError(
      `${name}: the server does not support Range requests (it answers 200 with the whole file); use another server, or download the parts`,
    )
  }
  if (status === 416)
    return known
      ? new SourceChangedError(name, `the server has no bytes at ${formatCount(asked.start)}, 416`)
      : new UserError(`${name}: the file is empty (416)`)
  if (PASSING.has(status))
    return new PassingFault(
      status === 429
        ? 'the server limits requests (429)'
        : `the server answers with an error (${status})`,
      parseRetryAfter(headers.get('retry-after')),
    )
  if (isRedirected && REFUSED.has(status))
    return new PassingFault(`the URL that it redirects to has expired (${status})`)
  if (status === 404 || status === 410)
    return new UserError(`${name}: no such file on the server (${status})`)
  if (status === 401 || status === 403)
    return new UserError(
      `${name}: the server refuses access (${status}); the link may have expired, or need a login: get a fresh one`,
    )
  return new UserError(`${name}: the server answers ${status} to a Range request`)
}

function checkUnchanged(
  name: string,
  known: Validators & { size: number },
  now: Validators,
  size: number | null,
): void {
  if (size !== null && size !== known.size)
    throw new SourceChangedError(
      name,
      `size ${formatCount(known.size)}, now ${formatCount(size)} bytes`,
    )
  for (const [key, what] of [['etag', 'ETag'] as const, ['lastModified', 'date'] as const]) {
    const [before, after] = [known[key], now[key]]
    if (before !== null && after !== null) {
      if (before !== after) throw new SourceChangedError(name, `${what} ${before}, now ${after}`)
      // Servers behind one name may send different dates for the same file; equal tags decide.
      return
    }
  }
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
