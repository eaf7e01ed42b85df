// Signed, like the results of Math.imul, so that the loop below stays in 32-bit integers.
const SEED_A = 0xdeadbeef | 0
const SEED_B = 0x41c6ce57
const SEED_C = 0x2545f491

const LONE_SURROGATE = /\p{Surrogate}/u
const LONE_SURROGATES = /\p{Surrogate}/gu

/**
 * Hash of a text that may come in pieces: three independent words of 32 bits. Checksums use `a` and `b`; comparisons of
 * names use all three. The probability that two of 20 million names have the same three words is 3e-15.
 */
export class TextHash {
  a = SEED_A
  b = SEED_B
  c = SEED_C

  /** Continue from words that were read before; without arguments, start a new text. */
  from(a = SEED_A, b = SEED_B, c = SEED_C): this {
    this.a = a
    this.b = b
    this.c = c
    return this
  }

  /**
   * Add a piece of text. Lone surrogates count as U+FFFD, which is how a Parquet file stores them.
   *
   * @param start Position in `text` at which the piece begins.
   */
  feed(text: string, start = 0): this {
    let { a, b, c } = this
    let bits = 0
    for (let i = start; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      bits |= unit
      a = Math.imul(a ^ unit, 0x9e3779b1)
      b = Math.imul(b ^ unit, 0x5f356495)
      c = Math.imul(c ^ unit, 0x27d4eb2f)
    }
    if (bits >= 0xd800) {
      const rest = text.slice(start)
      if (LONE_SURROGATE.test(rest)) return this.feed(rest.replaceAll(LONE_SURROGATES, '\ufffd'))
    }
    this.a = a
    this.b = b
    this.c = c
    return this
  }
}
