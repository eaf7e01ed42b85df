/** Joins numbers to sets, a pair at a time (union-find). */
export class Unions {
  private readonly parent = new Map<number, number>()

  /** The lowest number of the set that a number is in. */
  find(member: number): number {
    let root = member
    for (let up = this.parent.get(root); up !== undefined; up = this.parent.get(root)) root = up
    // Shortens later searches.
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

  /** Join all numbers of a list to one set. */
  joinAll(members: readonly number[]): void {
    for (const member of members) this.join(members[0] ?? member, member)
  }
}
