/** 32-bit hash of a text: FNV-1a, then mixed, so that a change of one letter changes all bits. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return mix(hash)
}

/** 32-bit hash of a whole number. */
export function mix(n: number): number {
  let hash = Math.imul(n ^ (n >>> 16), 0x7feb352d)
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b)
  return (hash ^ (hash >>> 16)) >>> 0
}

/** A generator of numbers in [0, 1); each seed has another sequence. */
export function sequence(seed: number): () => number {
  let n = seed | 0
  return () => {
    n = (n + 0x9e3779b9) | 0
    return mix(n) / 2 ** 32
  }
}
