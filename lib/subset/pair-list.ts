const FIRST_SIZE = 65_536

/** A growing list of pairs of a row and a key, 6 bytes each. A pair equal to the one before is skipped. */
export class PairList {
  private room = { rows: new Uint32Array(FIRST_SIZE), keys: new Uint16Array(FIRST_SIZE) }
  private size = 0

  get rows(): Uint32Array {
    return this.room.rows.subarray(0, this.size)
  }

  get keys(): Uint16Array {
    return this.room.keys.subarray(0, this.size)
  }

  push(row: number, key: number): void {
    const { rows, keys } = this.room
    const last = this.size - 1
    if (rows[last] === row && keys[last] === key) return
    if (this.size === rows.length) this.grow()
    this.room.rows[this.size] = row
    this.room.keys[this.size] = key
    this.size++
  }

  private grow(): void {
    const { rows, keys } = this.room
    const size = rows.length * 2
    this.room = { rows: new Uint32Array(size), keys: new Uint16Array(size) }
    this.room.rows.set(rows)
    this.room.keys.set(keys)
  }
}
