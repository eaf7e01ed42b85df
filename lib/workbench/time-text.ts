const DAY_MS = 86_400_000

/** Days of 400 years of the Gregorian calendar. */
const CYCLE_DAYS = 146_097

/** DuckDB's largest date stands for infinity; the negative one for minus infinity. */
const INFINITE_DAYS = 2 ** 31 - 1
const INFINITE_TIME = 2n ** 63n - 1n

/** Infinities as DuckDB writes them; null for all other values. */
function infinity<N extends number | bigint>(value: N, largest: N): string | null {
  if (value === largest) return 'infinity'
  return -value === largest ? '-infinity' : null
}

/**
 * A date as DuckDB writes it: "2024-02-29", "290000-01-01", "0044-03-15 (BC)", "infinity".
 *
 * @param days Since 1970-01-01. JavaScript's Date covers a third of them.
 */
export function dateText(days: number): string {
  const infinite = infinity(days, INFINITE_DAYS)
  if (infinite !== null) return infinite
  const cycles = Math.floor(days / CYCLE_DAYS)
  const within = new Date((days - cycles * CYCLE_DAYS) * DAY_MS)
  const year = within.getUTCFullYear() + cycles * 400
  const shown = String(year > 0 ? year : 1 - year).padStart(4, '0')
  const [, month, day] = within.toISOString().slice(0, 10).split('-')
  return `${shown}-${month}-${day}${year > 0 ? '' : ' (BC)'}`
}

/**
 * A time of day as DuckDB writes it: "08:05:00.25"; "24:00:00" is possible.
 *
 * @param time Since midnight.
 * @param perSecond Units of `time` in a second: 1, 1000, a million or a thousand millions.
 */
export function timeText(time: bigint, perSecond: bigint): string {
  const seconds = time / perSecond
  const parts = [seconds / 3600n, (seconds / 60n) % 60n, seconds % 60n]
  const rest = String(time % perSecond).padStart(String(perSecond).length - 1, '0')
  const fraction = perSecond === 1n ? '' : rest.replace(/0+$/, '')
  const clock = parts.map(part => String(part).padStart(2, '0')).join(':')
  return fraction === '' ? clock : `${clock}.${fraction}`
}

/**
 * A timestamp as DuckDB writes it, in UTC: "2024-02-29 08:05:00.25".
 *
 * @param time Since 1970-01-01 00:00 UTC.
 * @param perSecond As for `timeText`.
 */
export function timestampText(time: bigint, perSecond: bigint): string {
  const infinite = infinity(time, INFINITE_TIME)
  if (infinite !== null) return infinite
  const perDay = perSecond * 86_400n
  const within = ((time % perDay) + perDay) % perDay
  return `${dateText(Number((time - within) / perDay))} ${timeText(within, perSecond)}`
}
