/** Counts of a queue at one moment. */
export interface QueueLoad {
  readonly running: number
  readonly waiting: number
}

/** The queue is full. */
export class QueueFull extends Error {
  override name = 'QueueFull'
}

/**
 * Runs a limited number of tasks at once and lets a limited number wait. Further tasks are refused, so that
 * the waiting ones do not wait long.
 */
export class WorkQueue {
  private running = 0
  private readonly waiting = new Set<() => void>()

  constructor(
    private readonly atOnce: number,
    private readonly maxWaiting: number,
  ) {}

  get load(): QueueLoad {
    return { running: this.running, waiting: this.waiting.size }
  }

  /**
   * @throws QueueFull if the queue is full.
   * @throws the signal's reason if it is aborted before the task begins.
   */
  async run<Result>(task: () => Promise<Result>, signal?: AbortSignal): Promise<Result> {
    signal?.throwIfAborted()
    if (this.running >= this.atOnce) await this.turn(signal)
    else this.running++
    try {
      return await task()
    } finally {
      this.next()
    }
  }

  /** Resolves when another task has ended and this one may begin. */
  private turn(signal?: AbortSignal): Promise<void> {
    if (this.waiting.size >= this.maxWaiting) throw new QueueFull('too many tasks are waiting')
    return new Promise((resolve, reject) => {
      const begin = () => {
        signal?.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.waiting.delete(begin)
        reject(signal?.reason)
      }
      this.waiting.add(begin)
      signal?.addEventListener('abort', leave, { once: true })
    })
  }

  private next() {
    const [first] = this.waiting
    if (first === undefined) {
      this.running--
      return
    }
    this.waiting.delete(first)
    first()
  }
}
