import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { exactPath, quoted } from '../sql'
import { type IdRange, rangesOf } from './rows.node.ts'

/**
 * Write the table of `csv` with column types; unknown values are NULL. Sorting all rows at once would take far more
 * memory, because rows have long names. So batches of images go to files of their own, which are then joined in order.
 *
 * @param path Path of the file. The batches are in `PATH.parts` meanwhile.
 * @param onImages Called with the number of images written.
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
    // A subset without images still gives a table.
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
