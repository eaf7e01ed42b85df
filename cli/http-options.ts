import type { HttpOptions } from '../lib/archive/http-request'
import { formatMs } from '../lib/archive/retry'
import type { Effects } from './effects'

/** Help of `--wait-at-most`. */
export const WAIT_HELP =
  'longest time to wait altogether for servers that are busy or limit requests, such as 90s, 15m or 1h (default: 15m)'

/**
 * How patient a command is with servers; each longer wait is logged.
 *
 * @param waitAtMostMs Value of `--wait-at-most`.
 */
export const httpOptions = (
  { log }: Pick<Effects, 'log'>,
  waitAtMostMs: number | undefined,
): HttpOptions => ({
  ...(waitAtMostMs !== undefined && { waitAtMostMs }),
  onWait: ({ reason, ms, totalMs, maxMs }) =>
    log(
      `${reason}; waiting ${formatMs(ms)} (${formatMs(totalMs)} of at most ${formatMs(maxMs)} altogether)`,
    ),
})
