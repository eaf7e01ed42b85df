/** Larger numbers in a reset header are a time since 1970, in s or ms, not a number of seconds to wait. */
const EPOCH_SECONDS = 1e9
const EPOCH_MS = 1e12

/**
 * How long a server asks to wait before the next request. In this order: `Retry-After` (RFC 9110, 10.2.3: seconds or
 * a date), and for a 429 `RateLimit` and `RateLimit-Reset` (draft-ietf-httpapi-ratelimit-headers, also its older form
 * `limit=…, remaining=…, reset=…`) and `X-RateLimit-Reset`. The Hugging Face Hub sends `RateLimit: "…";r=0;t=SECONDS`.
 *
 * @returns ms from now, or null if the server does not say.
 */
export function askedWait(
  status: number,
  headers: Pick<Headers, 'get'>,
  now = Date.now(),
): number | null {
  // Dates are compared with the server's clock, which may differ from ours.
  const theirs = Date.parse(headers.get('date') ?? '')
  const clock = Number.isNaN(theirs) ? now : theirs
  const after = parseRetryAfter(headers.get('retry-after'), clock)
  if (after !== null || status !== 429) return after
  return (
    parseRateLimit(headers.get('ratelimit')) ??
    parseReset(headers.get('ratelimit-reset') ?? headers.get('x-ratelimit-reset'), clock)
  )
}

/** Reads Retry-After: seconds, or a date. @returns ms from `now`, or null if it cannot be read. */
export function parseRetryAfter(header: string | null, now: number): number | null {
  if (header === null) return null
  const seconds = secondsOf(header)
  if (seconds !== null) return seconds * 1000
  const date = Date.parse(header)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/**
 * Reads RateLimit: a list of quotas with what remains (r) and when they begin again (t). The exhausted quota that
 * lasts longest counts; without one, the quota that begins again first.
 */
function parseRateLimit(header: string | null): number | null {
  if (header === null) return null
  // The older form is one quota whose parts have commas between them.
  const quotas = /\breset\s*=/i.test(header)
    ? [header]
    : header.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/)
  const found = quotas.flatMap(quota => {
    const seconds = secondsOf(/(?:^|[;,\s])(?:t|reset)\s*=\s*"?([\d.]+)/i.exec(quota)?.[1] ?? '')
    const left = /(?:^|[;,\s])(?:r|remaining)\s*=\s*"?(\d+)/i.exec(quota)?.[1]
    return seconds === null ? [] : [{ ms: seconds * 1000, isExhausted: left === '0' }]
  })
  const exhausted = found.filter(({ isExhausted }) => isExhausted).map(({ ms }) => ms)
  if (exhausted.length > 0) return Math.max(...exhausted)
  return found.length > 0 ? Math.min(...found.map(({ ms }) => ms)) : null
}

function parseReset(header: string | null, now: number): number | null {
  const value = header === null ? null : secondsOf(header)
  if (value === null) return null
  if (value >= EPOCH_MS) return Math.max(0, value - now)
  return value >= EPOCH_SECONDS ? Math.max(0, value * 1000 - now) : value * 1000
}

const secondsOf = (text: string): number | null =>
  /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : null
