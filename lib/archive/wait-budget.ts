/** A wait that begins, for people. */
export interface Wait {
  /** What is waited for: URL and answer of the server. */
  readonly reason: string
  /** Length of this wait, in ms. */
  readonly ms: number
  /** What will have been waited altogether when it ends, and how much may be. */
  readonly totalMs: number
  readonly maxMs: number
}

/** Covers a window of rate limits, which mostly have 5 minutes, and most faults of a host. */
export const WAIT_AT_MOST_MS = 15 * 60_000

/** Shorter waits are not worth a line. */
const SAID_MS = 2_000

/**
 * The time that may be spent waiting for a server. Readers that wait at the same moment use it once: what counts is
 * the time during which anybody waits.
 */
export class WaitBudget {
  private usedMs = 0
  /** End of the latest wait, as `now` counts. */
  private until = Number.NEGATIVE_INFINITY
  /** End of the latest wait that was announced. */
  private said = Number.NEGATIVE_INFINITY

  constructor(
    readonly maxMs: number,
    private readonly onWait: ((wait: Wait) => void) | undefined,
    private readonly now: () => number,
  ) {}

  /** Time that is left, in ms. */
  get leftMs(): number {
    return this.maxMs - this.usedMs + Math.max(0, this.until - this.now())
  }

  /**
   * Ask for a wait that begins now.
   *
   * @param reason What is waited for, for people.
   * @returns Whether it fits; if not, nothing is used.
   */
  take(ms: number, reason: string): boolean {
    const now = this.now()
    const end = now + ms
    const more = Math.max(0, end - Math.max(now, this.until))
    if (this.usedMs + more > this.maxMs) return false
    this.usedMs += more
    this.until = Math.max(this.until, end)
    if (ms >= SAID_MS && end > this.said + SAID_MS) {
      this.said = end
      this.onWait?.({ reason, ms, totalMs: this.usedMs, maxMs: this.maxMs })
    }
    return true
  }
}
