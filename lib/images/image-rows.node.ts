import { rowsOf } from '../manifest/files-of'
import { sql } from '../sql'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { ImageRow } from './image-row'
import { keptRanges } from './kept-ranges'
import type { QualityRow } from './picture-info'
import { openRowEngine } from './row-engine.node.ts'
import { type RowNames, readRowNames } from './row-names'
import { readRowRange } from './row-range'

/** Finds images by id, on the server. */
export interface ImageRows {
  readonly names: RowNames
  /**
   * Find an image; null for an id that the manifest does not have.
   *
   * @param withBoxes Read the boxes of masks, which takes twice as long; without it boxes are null.
   */
  find(imageId: number, withBoxes: boolean): Promise<ImageRow | null>
  /** What measuring found of an image and its masks; empty for a manifest that is not measured. */
  found(imageId: number): Promise<readonly QualityRow[]>
  close(): void
}

/** The tables that images are found in. */
export const PICTURE_TABLES = [
  ...(['datasets', 'submodalities', 'labels', 'class_ids'] as const),
  ...(['images', 'masks', 'mask_boxes'] as const),
]

/** Open the tables of images and masks for look-ups by id. */
export async function openImageRows(folder: ManifestFolder): Promise<ImageRows> {
  const hasQuality = folder.manifest.files.quality !== undefined
  const engine = await openRowEngine(folder, [
    ...PICTURE_TABLES,
    ...(hasQuality ? (['quality'] as const) : []),
  ])
  const names = await readRowNames(engine)
  const images = rowsOf(folder.manifest, 'images')
  const plain = keptRanges((start, end) => readRowRange(engine, names, start, end, false))
  const boxed = keptRanges((start, end) => readRowRange(engine, names, start, end, true))
  return {
    names,
    async find(imageId, withBoxes) {
      if (!(imageId < images)) return null
      return (await (withBoxes ? boxed : plain)(imageId)) ?? null
    },
    async found(imageId) {
      if (!hasQuality) return []
      return engine.rows<QualityRow>(
        sql`SELECT label_id AS "labelId", instance, flag, detail FROM quality
          WHERE image_id = ${imageId} ORDER BY label_id NULLS FIRST, instance, flag`,
      )
    },
    close: () => engine.close(),
  }
}
