import { IMAGE_FLAGS, MASK_FLAGS, NOT_MEASURED } from '../manifest/quality'
import { type ImageRow, type MaskRow, maskKey, pathOf } from './image-row'
import type { StoreKind } from './image-store'
import { labelColor } from './label-color'

/** What measuring found of a picture. */
export interface Found {
  /** Code of the flag, or of the reason why the picture was not measured. */
  readonly flag: string
  /** False where the picture was not measured, which is no defect. */
  readonly isMeasured: boolean
  /** In words, for people. */
  readonly text: string
}

export interface MaskInfo extends MaskRow {
  /** Path within the release. */
  readonly path: string
  /** End of the file name: `/api/images/ID/masks/KEY.png` is the stored file. */
  readonly key: string
  /** Colour in which the mask is drawn, `#rrggbb`. */
  readonly color: string
  readonly found: readonly Found[]
}

/** What `/api/images/ID/info` says. */
export interface PictureInfo extends Omit<ImageRow, 'masks'> {
  /** Path within the release. */
  readonly path: string
  readonly found: readonly Found[]
  readonly masks: readonly MaskInfo[]
  /** Null if no image store is connected. */
  readonly store: StoreKind | null
  /** Version of the pictures: `v=` in their URLs. */
  readonly version: string
}

/** A row of the table `quality`, of the image itself where label and instance are null. */
export interface QualityRow {
  readonly labelId: number | null
  readonly instance: number | null
  readonly flag: string
  readonly detail: string | null
}

/** @param quality What measuring found of the image and its masks. */
export function pictureInfo(
  row: ImageRow,
  quality: readonly QualityRow[],
  { store, version }: Pick<PictureInfo, 'store' | 'version'>,
): PictureInfo {
  const foundOf = (labelId: number | null, instance: number | null) =>
    quality
      .filter(each => each.labelId === labelId && each.instance === instance)
      .map(each => inWords(each, labelId === null ? IMAGE_FLAGS : MASK_FLAGS))
  return {
    ...row,
    path: pathOf({ row, mask: null }),
    found: foundOf(null, null),
    masks: row.masks.map(mask => ({
      ...mask,
      path: pathOf({ row, mask }),
      key: maskKey(mask),
      color: labelColor(mask.label, mask.region, mask.isLesion),
      found: foundOf(mask.labelId, mask.instance),
    })),
    store,
    version,
  }
}

function inWords({ flag, detail }: QualityRow, flags: Readonly<Record<string, string>>): Found {
  const reasons: Readonly<Record<string, string>> = NOT_MEASURED
  const reason = reasons[flag]
  if (reason !== undefined) return { flag, isMeasured: false, text: `not measured: ${reason}` }
  const text = flags[flag] ?? flag
  return { flag, isMeasured: true, text: detail === null ? text : `${text} (${detail})` }
}
