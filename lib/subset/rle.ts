/** A mask as COCO writes it, and where its pixels are. */
export interface Rle {
  /** Runs of pixels, column by column, in COCO's compressed text. */
  readonly counts: string
  /** Set pixels. */
  readonly area: number
  /** x0, y0, x1, y1 in px, half-open; null if no pixel is set. */
  readonly box: readonly [number, number, number, number] | null
}

/**
 * Encode a mask as pycocotools does (`rleEncode` and `rleToString` of its maskApi.c): lengths of runs of
 * 0 and 1 in turn, from 0, down the columns.
 *
 * @param mask width × height bytes, row by row; a pixel is set where its byte is not 0.
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
 * Runs as text: five bits a character from the lowest on, with a sixth that says whether more follow;
 * from the fourth run on only the difference to the run before the last.
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
