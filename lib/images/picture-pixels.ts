import type { ImageRow, MaskRow } from './image-row'

/** The pixels of one image and of some of its masks, at any size up to the stored size. */
export interface PicturePixels {
  /** px of the image itself. */
  readonly width: number
  readonly height: number
  /** width × height × 3 bytes, RGB. */
  rgb(width: number, height: number): Promise<Uint8Array>
  /** How much of each pixel mask `i` covers: width × height bytes, 0 to 255. */
  covered(i: number, width: number, height: number): Promise<Uint8Array>
}

/** Makes the pixels of simulated pictures without PNG files. */
export type PaintPixels = (row: ImageRow, masks: readonly MaskRow[]) => PicturePixels
