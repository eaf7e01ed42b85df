import { onAbort } from '../async/on-abort'
import { formatCount } from '../format'

export interface RetryPolicy {
  /** A read fails after so many tries in a row that bring nothing. */
  readonly tries: number
  /** Wait before the second try, in ms; doubles with each further try. */
  readonly firstMs: number
  /** Maximum wait, in ms, unless the server asks for a longer one. */
  readonly longestMs: number
  /** Maximum wait that a server may ask for with Retry-After, in ms; a longer one is an error. */
  readonly longestAskedMs: number
  /** Waits; tests replace it. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
}

export const RETRIES: RetryPolicy = {
  tries: 6,
  firstMs: 500,
  longestMs: 30_000,
  longestAskedMs: 300_000,
  wait,
}

/** A fault that may pass, so that sending the request again may help. */
export class PassingFault extends Error {
  override name = 'PassingFault'

  /** @param retryAfterMs Wait that the server asked for, or null. */
  constructor(
    message: string,
    readonly retryAfterMs: number | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * How long to wait before the next try. The wait doubles each time, and is shortened at random by up to a
 * half, so that many readers do not retry at the same moment. It is never shorter than the server asks for.
 *
 * @param failures Tries that have failed in a row, from 1.
 * @returns ms, or null if the server asks for a longer wait than the policy allows.
 */
export function delayBefore(
  failures: number,
  { retryAfterMs }: PassingFault,
  policy: RetryPolicy,
  random = Math.random(),
): number | null {
  if (retryAfterMs !== null && retryAfterMs > policy.longestAskedMs) return null
  const own = Math.min(policy.firstMs * 2 ** (failures - 1), policy.longestMs)
  return Math.max(own * (0.5 + random / 2), retryAfterMs ?? 0)
}

/**
 * Reads a Retry-After header (RFC 9110, 10.2.3): seconds, or a date.
 *
 * @returns ms from now, or null if the header is missing or cannot be read.
 */
export function parseRetryAfter(header: string | null, now = Date.now()): number | null {
  if (header === null) return null
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** 90000 → "90 s", 200 → "200 ms". */
export const formatMs = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : `${formatCount(ms / 1000)} s`

function wait(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted()
    const timer = setTimeout(() => {
      forget()
      resolve()
    }, ms)
    const forget = onAbort(signal, () => {
      clearTimeout(timer)
      reject(signal?.reason)
    })
  })
}
