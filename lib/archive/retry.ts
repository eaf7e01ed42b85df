import { onAbort } from '../async/on-abort'
import { formatCount } from '../format'

export interface RetryPolicy {
  /** A read fails after so many broken connections in a row that bring nothing. */
  readonly tries: number
  /** Wait before the second try, in ms; doubles with each further try. */
  readonly firstMs: number
  /** Maximum wait, in ms, unless the server asks for a longer one. */
  readonly longestMs: number
  /** Waits; tests replace it. */
  readonly wait: (ms: number, signal?: AbortSignal) => Promise<void>
  /** Time that passes while waiting, in ms from some moment. */
  readonly now: () => number
}

export const RETRIES: RetryPolicy = {
  tries: 6,
  firstMs: 500,
  longestMs: 30_000,
  wait,
  now: () => performance.now(),
}

/** What is known of a fault besides its message. */
export interface FaultOptions extends ErrorOptions {
  /** Wait that the server asked for, in ms. */
  readonly askedMs?: number | null
  /** Whether the server answered and asks to come again; else the connection broke. */
  readonly isAnswer?: boolean
}

/** A fault that may pass, so that sending the request again may help. */
export class PassingFault extends Error {
  override name = 'PassingFault'
  readonly askedMs: number | null
  readonly isAnswer: boolean

  constructor(
    message: string,
    { askedMs = null, isAnswer = false, ...options }: FaultOptions = {},
  ) {
    super(message, options)
    this.askedMs = askedMs
    this.isAnswer = isAnswer
  }
}

/** The URL that the server redirected to is refused: it has expired, and the redirect must be asked for again. */
export class ExpiredFault extends PassingFault {
  override name = 'ExpiredFault'
}

/**
 * How long to wait before the next try. The wait doubles each time, and is shortened at random by up to a
 * half, so that many readers do not retry at the same moment. It is never shorter than the server asks for.
 *
 * @param failures Tries that have failed in a row, from 1.
 * @returns ms.
 */
export function delayBefore(
  failures: number,
  { askedMs }: Pick<PassingFault, 'askedMs'>,
  policy: RetryPolicy,
  random = Math.random(),
): number {
  const own = Math.min(policy.firstMs * 2 ** (failures - 1), policy.longestMs)
  return Math.max(own * (0.5 + random / 2), askedMs ?? 0)
}

/** 200 → "200 ms", 45000 → "45 s", 900000 → "15 min", 90000 → "90 s". */
export function formatMs(ms: number): string {
  if (ms < 1000) return `${formatCount(ms)} ms`
  const seconds = Math.ceil(ms / 1000)
  return seconds >= 120 && seconds % 60 === 0
    ? `${formatCount(seconds / 60)} min`
    : `${formatCount(seconds)} s`
}

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
