/** Work that takes the whole machine: one at a time, and so many that may wait. */
export class Turns {
  private taken = 0
  private last: Promise<unknown> = Promise.resolve()

  /** @param most Those at work and waiting together. */
  constructor(private readonly most: number) {}

  /**
   * Do some work when all that came before is done, whether it succeeded or not.
   *
   * @returns Null if too many wait already; nothing is done then.
   * @throws (rejects) as the work does.
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
