/** Maximum number of examples in a message, to keep the message readable. */
const NAMED = 3

/** Counts the rows that break a rule, and keeps descriptions of the first few. */
export class Offenders {
  private readonly first: string[] = []
  private n = 0

  add(words: string): void {
    if (this.n++ < NAMED) this.first.push(words)
  }

  /** Message with the first few rows and the number of other rows; null if nothing was added. */
  problem(): string | null {
    const others = this.n - this.first.length
    return this.n === 0 ? null : this.first.join('; ') + (others > 0 ? `; and ${others} more` : '')
  }
}
