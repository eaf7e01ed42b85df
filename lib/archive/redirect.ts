import { onAbort } from '../async/on-abort'

/** One request of a reader: where it goes, and what it tells about the redirect. */
export interface RedirectTurn {
  readonly url: string
  /** Whether the URL is the target of an earlier redirect, which may expire. */
  readonly isRedirected: boolean
  /** A good answer came from this URL; others may now use it. */
  answered(url: string): void
  /**
   * The request has failed; may be called after `answered`. Readers that wait get the error; for null the next one
   * of them asks.
   */
  failed(error: unknown): void
}

/**
 * Where the requests for one URL go. The first one goes to the URL itself, and shows where it redirects to; all later
 * ones go there. Readers that come meanwhile wait for the first one's answer, so that a hub that counts requests
 * gets one only; so it is again after the target has expired.
 */
export class Redirect {
  /** Null until it is known, and after it has expired. */
  private current: string | null = null
  /** Settles when the reader that asks the original URL has an answer, or has failed. */
  private asking: Promise<void> | null = null

  constructor(private readonly original: string) {}

  /**
   * Where the next request goes.
   *
   * @throws the error of the reader that asks; the signal's reason if it is aborted while waiting.
   */
  async target(signal?: AbortSignal): Promise<RedirectTurn> {
    while (this.current === null && this.asking !== null) await orAborted(this.asking, signal)
    const { current } = this
    if (current !== null)
      return {
        url: current,
        isRedirected: current !== this.original,
        answered() {},
        failed() {},
      }
    return this.ask()
  }

  /** A URL no longer works. */
  expired(url: string): void {
    if (this.current === url) this.current = null
  }

  private ask(): RedirectTurn {
    let isOpen = true
    let end: (error: unknown) => void = () => {}
    this.asking = new Promise((resolve, reject) => {
      end = error => (error === null ? resolve() : reject(error))
    })
    // Nobody may be waiting.
    this.asking.catch(() => {})
    const finish = (url: string | null, error: unknown) => {
      if (!isOpen) return
      isOpen = false
      this.current = url
      this.asking = null
      end(error)
    }
    return {
      url: this.original,
      isRedirected: false,
      answered: url => finish(url, null),
      failed: error => finish(null, error),
    }
  }
}

function orAborted(work: Promise<void>, signal?: AbortSignal): Promise<void> {
  if (!signal) return work
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const forget = onAbort(signal, () => reject(signal.reason))
    work.then(resolve, reject).finally(forget)
  })
}
