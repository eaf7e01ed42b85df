/** Examples that a message names; more would hide them. */
const NAMED = 3

/** Counts what breaks a rule, and keeps the first few in words. */
export class Offenders {
  private readonly first: string[] = []
  private n = 0

  add(words: string): void {
    if (this.n++ < NAMED) this.first.push(words)
  }

  /** Null if nothing was added. */
  problem(): string | null {
    const others = this.n - this.first.length
    return this.n === 0 ? null : this.first.join('; ') + (others > 0 ? `; and ${others} more` : '')
  }
}
