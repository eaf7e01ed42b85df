import { hashOf, mix, sequence } from '../hash'
import type { ImageRow, MaskRow } from '../image-row'
import { type Canvas, type Paint, paintSpans } from './canvas'
import { type MaskSpans, maskSpans } from './mask-spans'
import { phantomBox } from './phantom-box'

export interface SceneMask {
  readonly mask: MaskRow
  readonly spans: MaskSpans
}

/** What a phantom picture shows, made from its row. */
export interface Scene {
  readonly row: ImageRow
  /** px of the picture. */
  readonly width: number
  readonly height: number
  /** Larger masks first. */
  readonly masks: readonly SceneMask[]
  /** The same for all slices of a case; used for what the slices have in common. */
  readonly caseSeed: number
  /** Different for every picture. */
  readonly seed: number
}

/** px of a picture whose size the manifest does not know. */
const UNKNOWN_SIZE = 512

/** Size of an image in px. */
export const sizeOf = ({ width, height }: ImageRow) => ({
  width: width ?? UNKNOWN_SIZE,
  height: height ?? UNKNOWN_SIZE,
})

export function sceneOf(row: ImageRow): Scene {
  const { width, height } = sizeOf(row)
  const masks = row.masks.flatMap(mask => {
    const spans = spansOf(row, mask, width, height)
    return spans ? [{ mask, spans }] : []
  })
  const size = ({ spans: { box } }: SceneMask) => (box.x1 - box.x0) * (box.y1 - box.y0)
  return {
    row,
    width,
    height,
    masks: masks.sort((a, b) => size(b) - size(a)),
    caseSeed: hashOf(`${row.dataset}/${row.caseName}`),
    seed: mix(row.imageId + 1),
  }
}

/** The pixels of a mask; null if its area is known to be 0. */
export function spansOf(
  row: ImageRow,
  mask: MaskRow,
  width: number,
  height: number,
): MaskSpans | null {
  if (mask.area === 0) return null
  const random = sequence(hashOf(`${row.dataset}/${row.caseName}/${mask.label}/${mask.instance}`))
  const box = mask.box ?? phantomBox(mask, width, height, random)
  const room = (box.x1 - box.x0) * (box.y1 - box.y0)
  return maskSpans(box, mask.area ?? Math.round(0.72 * room), random)
}

/** Paint all masks, each with the paint that `paintOf` gives it. */
export function paintMasks(
  canvas: Canvas,
  { masks, width, height }: Scene,
  paintOf: (mask: MaskRow) => Paint,
  alpha = 0.85,
): void {
  for (const { mask, spans } of masks)
    paintSpans(canvas, spans, width, height, paintOf(mask), alpha)
}

/** A number in [lo, hi) that is always the same for a label. */
export const ofLabel = ({ label }: MaskRow, lo: number, hi: number): number =>
  lo + (hi - lo) * (hashOf(label) / 2 ** 32)
