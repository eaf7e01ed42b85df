interface Shared<Result> {
  readonly result: Promise<Result>
  readonly controller: AbortController
  waiting: number
}

/**
 * Work that several callers request at the same time is done once. It is stopped when all callers have
 * aborted.
 */
export class SharedWork<Result> {
  private readonly shared = new Map<string, Shared<Result>>()

  /**
   * @param work Gets a signal that is aborted when no caller waits any more.
   * @throws as the work; the reason of the caller's own signal.
   */
  async run(
    key: string,
    work: (signal: AbortSignal) => Promise<Result>,
    signal?: AbortSignal,
  ): Promise<Result> {
    signal?.throwIfAborted()
    const shared = this.shared.get(key) ?? this.begin(key, work)
    shared.waiting++
    try {
      return await orAborted(shared.result, signal)
    } finally {
      shared.waiting--
      if (shared.waiting === 0) {
        // A new caller must not get work that is being stopped.
        this.forget(key, shared)
        shared.controller.abort()
      }
    }
  }

  private begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Shared<Result> {
    const controller = new AbortController()
    const shared = { result: work(controller.signal), controller, waiting: 0 }
    this.shared.set(key, shared)
    // Prevents an unhandled rejection where no caller waits any more.
    shared.result.catch(() => {})
    return shared
  }

  private forget(key: string, shared: Shared<Result>) {
    if (this.shared.get(key) === shared) this.shared.delete(key)
  }
}

function orAborted<Result>(result: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (!signal) return result
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
