import { onAbort } from './on-abort'

/** Runs at most `max` tasks at a time per key, in the order of the calls. */
export class Limit {
  readonly #running = new Map<string, number>()
  readonly #waiting = new Map<string, (() => void)[]>()

  constructor(readonly max: number) {}

  /** @throws as the task, or the signal's reason if it is aborted before the task begins. */
  async run<T>(key: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    await this.#enter(key, signal)
    try {
      return await task()
    } finally {
      this.#leave(key)
    }
  }

  #enter(key: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted()
    const running = this.#running.get(key) ?? 0
    if (running < this.max) {
      this.#running.set(key, running + 1)
      return Promise.resolve()
    }
    const queue = this.#waiting.get(key) ?? []
    this.#waiting.set(key, queue)
    return new Promise((resolve, reject) => {
      const start = () => {
        forget()
        resolve()
      }
      const forget = onAbort(signal, () => {
        queue.splice(queue.indexOf(start), 1)
        reject(signal?.reason)
      })
      queue.push(start)
    })
  }

  /** Starts the task that has waited longest. */
  #leave(key: string): void {
    const next = this.#waiting.get(key)?.shift()
    if (next) next()
    else this.#running.set(key, (this.#running.get(key) ?? 1) - 1)
  }
}
