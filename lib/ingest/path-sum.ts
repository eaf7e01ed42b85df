import { TextHash } from '../release/text-hash'

const TWO_32 = 2 ** 32

/**
 * Checksum over many texts that does not depend on their order: the sum of their hashes, in 64 bits. The same texts,
 * each the same number of times, have the same sum; other texts have it with a probability of 2^-64.
 */
export class PathSum {
  private low = 0
  private high = 0
  private readonly hash = new TextHash()

  add(text: string): void {
    this.addHash(this.hash.from().feed(text))
  }

  addHash(hash: Readonly<TextHash>): void {
    // Mixed, because otherwise the sum would stay the same if two texts exchanged their ends.
    let { a, b } = hash
    a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35)
    b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35)
    this.low = (this.low + (a >>> 0)) % TWO_32
    this.high = (this.high + (b >>> 0)) % TWO_32
  }

  /** 16 hexadecimal digits. */
  toString(): string {
    return [this.high, this.low].map(half => half.toString(16).padStart(8, '0')).join('')
  }
}

/** Sums over all paths of an index, accepted or rejected. */
export interface PathSums {
  /** Over keys; for a value that is not a list, over key and value as in the table of rejects. */
  readonly images: PathSum
  /** Over elements of the lists; elements that are not strings as in the table of rejects. */
  readonly masks: PathSum
}

export const newPathSums = (): PathSums => ({ images: new PathSum(), masks: new PathSum() })
