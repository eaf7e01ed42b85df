/** Runs work that uses all cores: one at a time, with a limited queue. */
export class Turns {
  private taken = 0
  private last: Promise<unknown> = Promise.resolve()

  /** @param most Maximum number of calls that run or wait. */
  constructor(private readonly most: number) {}

  /**
   * Do some work after all earlier work has ended, successfully or not.
   *
   * @returns Null if the queue is full; the work is not done then. The promise rejects as the work does.
   */
  take<Result>(work: () => Promise<Result>): Promise<Result> | null {
    if (this.taken >= this.most) return null
    this.taken++
    const turn = this.last.then(work).finally(() => {
      this.taken--
    })
    this.last = turn.catch(() => {})
    return turn
  }
}
