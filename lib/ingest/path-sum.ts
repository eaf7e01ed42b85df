import { TextHash } from '../release/text-hash'

const TWO_32 = 2 ** 32

/**
 * Checksum over many texts that does not depend on their order: the sum of their hashes, in 64
 * bits. Two heaps of texts have the same sum if they hold the same texts, each as often; others
 * have it with odds of 2^-64.
 */
export class PathSum {
  private low = 0
  private high = 0
  private readonly hash = new TextHash()

  add(text: string): void {
    this.addHash(this.hash.from().feed(text))
  }

  addHash(hash: Readonly<TextHash>): void {
    // Without a final mix, the sum would not see two texts exchange their ends.
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

/** Sums over the paths of an index, accepted or not. */
export interface PathSums {
  /** Keys; where the value is no list, key and value as the rejects table has them. */
  readonly images: PathSum
  /** Elements of the lists; those that are no strings as the rejects table has them. */
  readonly masks: PathSum
}

export const newPathSums = (): PathSums => ({ images: new PathSum(), masks: new PathSum() })
