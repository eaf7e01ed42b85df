import type { Copy } from './copy.node.ts'
import type { Range } from './ranges'

const BLOCK_BYTES = 8 << 20

/**
 * Reads a copy from front to back in large blocks, the next one while the last is used. Ranges must be asked for
 * with ascending starts; a range before the window is read by itself.
 */
export class Window {
  private bytes: Uint8Array = new Uint8Array(0)
  private start = 0
  private next: { readonly range: Range; readonly bytes: Promise<Uint8Array> } | null = null

  constructor(
    private readonly copy: Copy,
    private readonly end: number,
    private readonly blockBytes = BLOCK_BYTES,
  ) {}

  /** The bytes of a range if they are in memory. */
  peek({ start, end }: Range): Uint8Array | null {
    const from = start - this.start
    return from >= 0 && end - this.start <= this.bytes.length
      ? this.bytes.subarray(from, end - this.start)
      : null
  }

  /** The bytes of a range. They stay valid, because blocks are never written again. */
  async get(range: Range): Promise<Uint8Array> {
    const there = this.peek(range)
    if (there) return there
    if (range.start < this.start) return this.copy.read(range)
    const held = this.start + this.bytes.length
    const from = Math.max(held, range.start)
    const block = await this.block({ start: from, end: Math.max(range.end, from) })
    // Only the beginning of a range that reaches over the end of a block is copied.
    this.bytes =
      range.start < held
        ? Buffer.concat([this.bytes.subarray(range.start - this.start), block])
        : block
    this.start = Math.min(range.start, from)
    this.readAhead(from + block.length)
    return this.bytes.subarray(range.start - this.start, range.end - this.start)
  }

  /** At least the bytes of a range. */
  private async block({ start, end }: Range): Promise<Uint8Array> {
    const { next } = this
    this.next = null
    if (next && next.range.start === start) {
      const first = await next.bytes
      if (end <= next.range.end) return first
      return Buffer.concat([first, await this.copy.read({ start: next.range.end, end })])
    }
    // An unneeded block must not be left to fail unheard.
    await next?.bytes.catch(() => {})
    return this.copy.read({
      start,
      end: Math.max(end, Math.min(this.end, start + this.blockBytes)),
    })
  }

  private readAhead(start: number): void {
    const range = { start, end: Math.min(this.end, start + this.blockBytes) }
    if (range.start >= range.end) return
    const bytes = this.copy.read(range)
    bytes.catch(() => {})
    this.next = { range, bytes }
  }
}
