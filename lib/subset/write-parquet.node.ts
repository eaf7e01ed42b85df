import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { exactPath, quoted } from '../sql'
import { type IdRange, rangesOf } from './rows.node.ts'

/**
 * Write the table of `csv`, typed; what is unknown is NULL. Sorting all rows at once takes far more memory,
 * for they hold long names: so batches of images are written to files of their own, which one file then takes
 * up in their order.
 *
 * @param path Of the file; the batches lie in `PATH.parts` meanwhile.
 * @param onImages Told how many images are written.
 */
export async function writeParquet(
  engine: NodeEngine,
  path: string,
  { hasSplits, folds }: { hasSplits: boolean; folds: number },
  onImages: (images: number) => void,
): Promise<void> {
  const ranges = await rangesOf(engine)
  const dir = `${path}.parts`
  try {
    await mkdir(dir, { recursive: true })
    const parts: string[] = []
    let images = 0
    for (const range of ranges) {
      const part = join(dir, `${parts.length}.parquet`)
      await copy(engine, rowsSql(range, hasSplits, folds), part)
      parts.push(part)
      images += range.images
      onImages(images)
    }
    const all = `FROM read_parquet([${parts.map(part => exactPath(part)).join(', ')}], hive_partitioning = false)`
    // Without any image there is a table all the same.
    const none = rowsSql({ first: 0, last: 0, images: 0 }, hasSplits, folds)
    await copy(engine, parts.length > 0 ? all : none, path)
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

const copy = (engine: NodeEngine, query: string, path: string) =>
  engine.run(`COPY (${query}) TO ${quoted(path)} (FORMAT parquet, COMPRESSION zstd)`)

function rowsSql({ first, last }: IdRange, hasSplits: boolean, folds: number): string {
  const within = `WHERE image_id BETWEEN ${first} AND ${last}`
  const chosen = `(FROM subset_images ${within})`
  return `SELECT ${IMAGE_NAME_SQL} AS image,
      CASE WHEN label_id IS NULL THEN NULL ELSE ${MASK_NAME_SQL} END AS mask, split, ${folds > 0 ? 'fold,' : ''} modality, submodality,
      dataset, case_name, axis, slice, width, height, label, organ, region, is_lesion, is_union, class_id,
      instance, area, x0, y0, x1, y1
    FROM (
      SELECT i.image_id, i.dataset_id, modality, submodality, dataset, i.case_name, axis, slice, width, height,
        ${hasSplits ? 's.split, s.fold' : 'NULL::VARCHAR AS split, NULL::INTEGER AS fold'}, m.label_id, m.instance, m.area, x0, y0, x1, y1
      FROM ${chosen} JOIN (FROM images ${within}) i USING (image_id)
        JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id) JOIN axes USING (axis_id)
        ${hasSplits ? 'JOIN subset_splits s USING (image_id)' : ''}
        LEFT JOIN (FROM subset_masks ${within}) m USING (image_id)
        LEFT JOIN (FROM (FROM mask_boxes ${within}) SEMI JOIN ${chosen} USING (image_id)) b
          ON b.image_id = m.image_id AND b.label_id = m.label_id AND b.instance = m.instance)
      LEFT JOIN labels USING (label_id) LEFT JOIN class_ids USING (dataset_id, label_id)
    ORDER BY image_id, label_id, instance`
}
