/** A mask in COCO's run-length encoding, with area and box. */
export interface Rle {
  /** Runs of pixels, column by column, in COCO's compressed text. */
  readonly counts: string
  /** Number of set pixels. */
  readonly area: number
  /** x0, y0, x1, y1 in px; x1 and y1 are exclusive. Null if no pixel is set. */
  readonly box: readonly [number, number, number, number] | null
}

/**
 * Encode a mask like pycocotools (`rleEncode` and `rleToString` in maskApi.c): lengths of alternating runs of 0 and 1,
 * column by column. The first run is of 0.
 *
 * @param mask width × height bytes, row by row; non-zero bytes are set pixels.
 */
export function encodeRle(mask: Uint8Array, width: number, height: number): Rle {
  const runs: number[] = []
  let run = 0
  let isSet = false
  let area = 0
  let [x0, y0, x1, y1] = [width, height, 0, 0]
  for (let x = 0; x < width; x++)
    for (let y = 0, at = x; y < height; y++, at += width) {
      const isSetHere = mask[at] !== 0
      if (isSetHere !== isSet) {
        runs.push(run)
        run = 0
        isSet = isSetHere
      }
      run++
      if (!isSetHere) continue
      area++
      if (x < x0) x0 = x
      x1 = x + 1
      if (y < y0) y0 = y
      if (y >= y1) y1 = y + 1
    }
  runs.push(run)
  return { counts: runsText(runs), area, box: area > 0 ? [x0, y0, x1, y1] : null }
}

/**
 * Runs as text. Each character has five bits, lowest bits first, and a sixth bit that says whether more characters
 * follow. From the fourth run on, the text has the difference to the run two places before.
 */
function runsText(runs: readonly number[]): string {
  let text = ''
  for (const [i, run] of runs.entries()) {
    let rest = i > 2 ? run - (runs[i - 2] as number) : run
    for (let more = true; more; ) {
      const bits = rest & 0x1f
      rest >>= 5
      // The last five bits carry the sign.
      more = bits & 0x10 ? rest !== -1 : rest !== 0
      text += String.fromCharCode(48 + (more ? bits | 0x20 : bits))
    }
  }
  return text
}
