import { Limit } from '../async/limit'
import { onAbort } from '../async/on-abort'
import { UserError } from '../errors'
import type { TransferCounters } from './byte-source'
import { type AnsweredRange, type Asked, ifRangeOf, readAnswer } from './http-answer'
import { formatMs, PassingFault, RETRIES, type RetryPolicy } from './retry'

export interface HttpOptions {
  /** Requests at a time to one host. */
  readonly inFlight?: number
  /** A request that brings no byte for this long, in ms, counts as interrupted. */
  readonly stallMs?: number
  readonly retries?: Partial<RetryPolicy>
}

/** Settings and state that the parts of one archive share. */
export interface HttpClient {
  readonly limit: Limit
  readonly stallMs: number
  readonly retries: RetryPolicy
  readonly counters: TransferCounters
}

export const httpClient = (
  counters: TransferCounters,
  { inFlight = 6, stallMs = 30_000, retries }: HttpOptions = {},
): HttpClient => ({
  limit: new Limit(inFlight),
  stallMs,
  retries: { ...RETRIES, ...retries },
  counters,
})

export interface Answer extends AnsweredRange {
  /** The URL after redirects. */
  readonly url: string
}

/**
 * Sends one GET for a range and writes the bytes to the start of `target`, which must be large enough.
 *
 * @param onBytes Called after each chunk with the number of bytes so far, so that a retry continues there.
 * @throws PassingFault if the connection fails, stalls or is interrupted; as `readAnswer`; the signal's reason.
 */
export async function requestRange(
  client: HttpClient,
  url: string,
  asked: Asked,
  target: Uint8Array,
  onBytes: (done: number) => void,
  signal?: AbortSignal,
): Promise<Answer> {
  const stop = new AbortController()
  signal?.throwIfAborted()
  const forget = onAbort(signal, () => stop.abort(signal?.reason))
  const stalled = () => stop.abort(new PassingFault(`no data for ${formatMs(client.stallMs)}`))
  let timer = setTimeout(stalled, client.stallMs)
  try {
    const ifRange = asked.known && ifRangeOf(asked.known)
    client.counters.requests++
    const response = await fetch(url, {
      headers: {
        range: `bytes=${asked.start}-${asked.end}`,
        // Offsets are offsets in the file, not in a compressed copy.
        'accept-encoding': 'identity',
        ...(ifRange && { 'if-range': ifRange }),
      },
      cache: 'no-store',
      signal: stop.signal,
    })
    const range = readAnswer(response, asked)
    const wanted = range.end - range.start + 1
    let done = 0
    for (const reader = response.body?.getReader(); reader; ) {
      const { value, done: isEnd } = await reader.read()
      if (isEnd) break
      clearTimeout(timer)
      timer = setTimeout(stalled, client.stallMs)
      if (done + value.length > wanted)
        throw new PassingFault('the server sent more bytes than it announced')
      target.set(value, done)
      done += value.length
      client.counters.bytes += value.length
      onBytes(done)
    }
    if (done < wanted)
      throw new PassingFault(`the connection ended after ${done} of ${wanted} bytes`)
    return { ...range, url: response.url }
  } catch (error) {
    signal?.throwIfAborted()
    throw stop.signal.aborted ? stop.signal.reason : connectionFault(asked.name, error)
  } finally {
    clearTimeout(timer)
    forget()
    // Ends the transfer of bytes that are no longer needed.
    stop.abort()
  }
}

/** Errors of host names and certificates, which a retry does not help; other connection errors may pass. */
const LASTING = /^(ENOTFOUND|ERR_INVALID_URL|ERR_TLS_CERT.*|CERT_.*|.*SELF_SIGNED.*|UNABLE_TO_.*)$/

function connectionFault(name: string, error: unknown): unknown {
  if (!(error instanceof TypeError) && !(error as Error & { code?: string }).code) return error
  const cause = ((error as Error).cause ?? error) as Error & { code?: string }
  if (/redirect count/.test(cause.message))
    return new UserError(`${name}: the server redirects in a circle`, 1, { cause: error })
  const reason = cause.code ?? cause.message
  if (LASTING.test(cause.code ?? ''))
    return new UserError(`${name}: the server cannot be reached (${reason}); check the URL`, 1, {
      cause: error,
    })
  return new PassingFault(`the connection failed (${reason})`, null, { cause: error })
}
