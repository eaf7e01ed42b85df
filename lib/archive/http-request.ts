import { Limit } from '../async/limit'
import { onAbort } from '../async/on-abort'
import { ProxyError } from '../network/proxy-error'
import type { TransferCounters } from './byte-source'
import { type AnsweredRange, type Asked, readAnswer } from './http-answer'
import { NetworkError } from './network-error'
import { formatMs, PassingFault, RETRIES, type RetryPolicy } from './retry'
import { WAIT_AT_MOST_MS, type Wait, WaitBudget } from './wait-budget'

export interface HttpOptions {
  /** Requests at a time to one host. */
  readonly inFlight?: number
  /** A request that brings no byte for this long, in ms, counts as interrupted. */
  readonly stallMs?: number
  readonly retries?: Partial<RetryPolicy>
  /** Maximum time to wait for servers, in ms, over all reads of the archive. */
  readonly waitAtMostMs?: number
  /** Allow that time to each read, for a program that runs for days. */
  readonly isPerRead?: boolean
  /** Called when a longer wait begins. */
  readonly onWait?: (wait: Wait) => void
  /** Sends requests; by default the global `fetch`. */
  readonly fetch?: typeof fetch
}

/** Settings and state that the parts of one archive share. */
export interface HttpClient {
  readonly limit: Limit
  readonly stallMs: number
  readonly retries: RetryPolicy
  readonly counters: TransferCounters
  /** The time that a read may wait. */
  readonly budget: () => WaitBudget
  readonly fetch: typeof fetch
}

export function httpClient(counters: TransferCounters, options: HttpOptions = {}): HttpClient {
  const { inFlight = 6, stallMs = 30_000, onWait } = options
  const retries = { ...RETRIES, ...options.retries }
  const { waitAtMostMs = WAIT_AT_MOST_MS, isPerRead = false } = options
  const newBudget = () => new WaitBudget(waitAtMostMs, onWait, retries.now)
  const shared = newBudget()
  return {
    limit: new Limit(inFlight),
    stallMs,
    retries,
    counters,
    budget: isPerRead ? newBudget : () => shared,
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
  }
}

export interface Answer extends AnsweredRange {
  /** The URL after redirects. */
  readonly url: string
}

/** What a request tells while it is answered. */
export interface RequestEvents {
  /** The head of a good answer has come; `url` is the one after redirects. */
  readonly onHead: (url: string) => void
  /** A chunk has come; `done` is the number of bytes so far. */
  readonly onBytes: (done: number) => void
}

/**
 * Sends one GET for a range and writes the bytes to the start of `target`, which must be large enough. Without
 * `If-Range`, which would need a CORS preflight that hubs refuse: `readAnswer` compares the validators instead.
 *
 * @throws PassingFault if the connection fails, stalls or is interrupted; as `readAnswer`; the signal's reason.
 */
export async function requestRange(
  client: HttpClient,
  url: string,
  asked: Asked,
  target: Uint8Array,
  { onHead, onBytes }: RequestEvents,
  signal?: AbortSignal,
): Promise<Answer> {
  const stop = new AbortController()
  signal?.throwIfAborted()
  const forget = onAbort(signal, () => stop.abort(signal?.reason))
  const stalled = () => stop.abort(new PassingFault(`no data for ${formatMs(client.stallMs)}`))
  let timer = setTimeout(stalled, client.stallMs)
  try {
    client.counters.requests++
    const response = await client.fetch(url, {
      headers: {
        range: `bytes=${asked.start}-${asked.end}`,
        // Offsets are offsets in the file, not in a compressed copy.
        'accept-encoding': 'identity',
      },
      cache: 'no-store',
      signal: stop.signal,
    })
    if (response.redirected) client.counters.requests++
    const range = readAnswer(response, asked)
    onHead(response.url)
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
    throw stop.signal.aborted ? stop.signal.reason : connectionFault(asked, error)
  } finally {
    clearTimeout(timer)
    forget()
    // Ends the transfer of bytes that are no longer needed.
    stop.abort()
  }
}

/** Errors of host names and certificates, which a retry does not help; other connection errors may pass. */
const LASTING = /^(ENOTFOUND|ERR_INVALID_URL|ERR_TLS_CERT.*|CERT_.*|.*SELF_SIGNED.*|UNABLE_TO_.*)$/

function connectionFault({ name, known }: Asked, error: unknown): unknown {
  if (error instanceof ProxyError)
    return error.isLasting
      ? new NetworkError(`${name}: ${error.message}`, 1, { cause: error })
      : new PassingFault(error.message, { cause: error })
  if (!(error instanceof TypeError) && !(error as Error & { code?: string }).code) return error
  const cause = ((error as Error).cause ?? error) as Error & { code?: string }
  if (/redirect count/.test(cause.message))
    return new NetworkError(`${name}: the server redirects in a circle`, 1, { cause: error })
  const reason = cause.code ?? cause.message
  // Once the file is open, a name that is not found means that the network is gone.
  if (LASTING.test(cause.code ?? '') && known === null)
    return new NetworkError(`${name}: the server cannot be reached (${reason}); check the URL`, 1, {
      cause: error,
    })
  return new PassingFault(`the connection failed (${reason})`, { cause: error })
}
