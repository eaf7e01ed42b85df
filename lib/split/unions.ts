/** Joins what belongs together, a pair at a time. */
export class Unions {
  private readonly parent = new Map<number, number>()

  /** The lowest member of what a number is joined with. */
  find(member: number): number {
    let root = member
    for (let up = this.parent.get(root); up !== undefined; up = this.parent.get(root)) root = up
    // Later searches are short.
    for (let at = member; at !== root; ) {
      const up = this.parent.get(at) ?? root
      this.parent.set(at, root)
      at = up
    }
    return root
  }

  join(a: number, b: number): void {
    const [x, y] = [this.find(a), this.find(b)]
    if (x !== y) this.parent.set(Math.max(x, y), Math.min(x, y))
  }

  /** Join all of a list. */
  joinAll(members: readonly number[]): void {
    for (const member of members) this.join(members[0] ?? member, member)
  }
}
