/** Decodes COCO's compressed counts, written for itself: the pixels of a mask, row by row. */
export function decodeRle(counts: string, size: readonly [number, number]): Uint8Array {
  const runs: number[] = []
  for (let at = 0; at < counts.length; ) {
    let value = 0
    let shift = 0
    let code: number
    do {
      code = counts.charCodeAt(at++) - 48
      value += (code & 31) * 2 ** shift
      shift += 5
    } while (code & 32)
    if (code & 16) value -= 2 ** shift
    runs.push(runs.length > 2 ? value + runs.at(-2)! : value)
  }
  return pixelsOf(runs, size)
}

/** Decodes either form of COCO's counts: compressed, or the runs as a list. */
export const decodeRuns = (
  counts: string | readonly number[],
  size: readonly [number, number],
): Uint8Array => (typeof counts === 'string' ? decodeRle(counts, size) : pixelsOf(counts, size))

/** Runs of 0 and 1 in turn, column by column; they must be as long as the picture. */
function pixelsOf(runs: readonly number[], [height, width]: readonly [number, number]): Uint8Array {
  const pixels = new Uint8Array(width * height)
  let nth = 0
  for (const [i, run] of runs.entries())
    for (let end = nth + run; nth < end; nth++)
      if (i % 2) pixels[(nth % height) * width + Math.floor(nth / height)] = 1
  if (nth !== width * height) throw new RangeError(`${nth} pixels, not ${width * height}`)
  return pixels
}
