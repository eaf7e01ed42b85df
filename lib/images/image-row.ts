import { type ImageName, imageName, imageStem, maskName } from '../release/names'

/** A box in px of the image; x1 and y1 are exclusive. */
export interface PixelBox {
  readonly x0: number
  readonly y0: number
  readonly x1: number
  readonly y1: number
}

/** One mask of an image, as the manifest describes it. */
export interface MaskRow {
  readonly labelId: number
  readonly label: string
  /** Anatomical region of the label; null if unassigned. */
  readonly region: string | null
  readonly isLesion: boolean
  /** Four digits, as in the file name. */
  readonly classId: string
  readonly instance: number
  /** px; null until measured. */
  readonly area: number | null
  /** Null until measured, and for masks without a set pixel. */
  readonly box: PixelBox | null
}

/** One image of a manifest, with its masks in the manifest's order. */
export interface ImageRow extends ImageName {
  readonly imageId: number
  readonly modality: string
  /** px; null until measured. */
  readonly width: number | null
  readonly height: number | null
  readonly masks: readonly MaskRow[]
}

/** A picture of a row: its image (mask null), or one of its masks. */
export interface PictureFile {
  readonly row: ImageRow
  readonly mask: MaskRow | null
}

/** Path of a picture within the release, made from its row: `images/….png` or `masks/….png`. */
export const pathOf = ({ row, mask }: PictureFile): string =>
  mask === null ? imageName(row) : maskName({ imageStem: imageStem(row), ...mask })

/** The end of a mask's file name, such as `0003_000`; the masks of an image have different ones. */
export const maskKey = ({ classId, instance }: Pick<MaskRow, 'classId' | 'instance'>): string =>
  `${classId}_${String(instance).padStart(3, '0')}`
