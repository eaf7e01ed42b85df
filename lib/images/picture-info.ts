import { type ImageRow, type MaskRow, maskKey, pathOf } from './image-row'
import type { StoreKind } from './image-store'
import { labelColor } from './label-color'

export interface MaskInfo extends MaskRow {
  /** Path within the release. */
  readonly path: string
  /** End of the file name: `/api/images/ID/masks/KEY.png` is the stored file. */
  readonly key: string
  /** Colour in which the mask is drawn, `#rrggbb`. */
  readonly color: string
}

/** What `/api/images/ID/info` says. */
export interface PictureInfo extends Omit<ImageRow, 'masks'> {
  /** Path within the release. */
  readonly path: string
  readonly masks: readonly MaskInfo[]
  /** Null if no image store is connected. */
  readonly store: StoreKind | null
  /** Version of the pictures: `v=` in their URLs. */
  readonly version: string
}

export const pictureInfo = (
  row: ImageRow,
  store: StoreKind | null,
  version: string,
): PictureInfo => ({
  ...row,
  path: pathOf({ row, mask: null }),
  masks: row.masks.map(mask => ({
    ...mask,
    path: pathOf({ row, mask }),
    key: maskKey(mask),
    color: labelColor(mask.label, mask.region, mask.isLesion),
  })),
  store,
  version,
})
