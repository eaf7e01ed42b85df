/**
 * A small deterministic generator (sfc32): the same rows on every machine. Uses integer arithmetic
 * only, because Math.log, Math.sin and their like may differ between JavaScript engines.
 */
export class Random {
  private a = 0
  private b = 0
  private c = 0
  private d = 1

  constructor(seed = 0) {
    this.seed(seed)
  }

  /** Start over from a 32-bit seed and a stream number; cheap enough to do for every case. */
  seed(seed: number, stream = 0): void {
    this.a = seed | 0
    this.b = Math.imul(stream, 0x9e3779b1) | 0
    this.c = 0x2545f491
    this.d = 1
    // Seeds that differ in one bit need a few rounds to drift apart.
    for (let i = 0; i < 10; i++) this.next()
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return (t >>> 0) / 4294967296
  }

  /** Uniform in [lo, hi). */
  between(lo: number, hi: number): number {
    return lo + (hi - lo) * this.next()
  }

  /** Whole number in [lo, hi]. */
  integer(lo: number, hi: number): number {
    return lo + Math.floor((hi - lo + 1) * this.next())
  }
}

/** 32-bit seed of a name (FNV-1a over its UTF-16 code units). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
