interface Shared<Result> {
  readonly result: Promise<Result>
  readonly controller: AbortController
  waiting: number
}

/**
 * Work that several ask for at the same time is done once. It is stopped when the last of them has
 * gone.
 */
export class SharedWork<Result> {
  private readonly shared = new Map<string, Shared<Result>>()

  /**
   * @param work Gets a signal that is aborted when nobody waits any more.
   * @throws as the work; the signal's reason for the one whose signal is aborted.
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
        // Whoever comes now must not get the work that is being stopped.
        this.forget(key, shared)
        shared.controller.abort()
      }
    }
  }

  private begin(key: string, work: (signal: AbortSignal) => Promise<Result>): Shared<Result> {
    const controller = new AbortController()
    const shared = { result: work(controller.signal), controller, waiting: 0 }
    this.shared.set(key, shared)
    // Everybody may have gone when it fails.
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
