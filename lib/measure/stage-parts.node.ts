import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { createTableSql, type TableName } from '../manifest/tables'
import { exactPath, sql } from '../sql'
import { copyDimensions } from '../store/copy-dimensions.node.ts'
import { duplicatesSql } from '../store/flag-sql'
import { parquetSql } from '../store/parquet-sql.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import type { Job } from './messages'
import { PART_COLUMNS } from './part-file.node.ts'
import { stageRetried } from './stage-retried.node.ts'

/** No picture could be measured. The part files are then removed instead of kept for the next run. */
export class NothingFound extends UserError {}

/**
 * Fill the staging tables with the rows of a manifest and the measures of the part files. Flags go into the table
 * `quality`. If the manifest has a locator, `duplicates` is filled too.
 *
 * @param parts Folder of the part files. They must have every picture to measure exactly once. In a retry, these are
 *   only the pictures that are tried again; all other rows keep their values.
 * @throws UserError if the part files do not belong to the manifest, or no image was measured.
 */
export async function stageParts(
  engine: NodeEngine,
  { dir, manifest }: ManifestFolder,
  parts: string,
  { sizeOnly, retry }: Pick<Job, 'sizeOnly' | 'retry'>,
): Promise<void> {
  const table = (name: TableName) => parquetSql({ dir, manifest }, name)
  await copyDimensions(engine, table)
  await engine.run(`CREATE TABLE parts AS FROM ${partsSql(parts)}`)
  if (retry) await stageRetried(engine, { table, parts, sizeOnly })
  else {
    await assertWhole(engine, parts, { dir, manifest }, sizeOnly)
    await stageMeasured(engine, table, sizeOnly)
  }
  await engine.run('DROP TABLE parts')
  if (manifest.files.locator) {
    await engine.run(createTableSql('duplicates'))
    await engine.run(`INSERT INTO duplicates ${duplicatesSql(table('locator'))}`)
  }
  const [staged] = await engine.rows<{ images: number; masks: number }>(sql`SELECT
    (SELECT count(*) FROM stage_images)::DOUBLE AS images,
    (SELECT count(*) FROM stage_masks)::DOUBLE AS masks`)
  const { images, masks } = manifest.summary.totals
  if (staged?.images !== images || staged.masks !== masks) throw otherRows(parts)
}

/** Stage the part files of a complete run, which is not a retry. */
async function stageMeasured(
  engine: NodeEngine,
  table: (name: TableName) => string,
  sizeOnly: boolean,
): Promise<void> {
  await engine.run(
    `INSERT INTO stage_images
      SELECT i.image_id, dataset_id, submodality_id, case_id, axis_id, slice, p.width, p.height, p.bytes
      FROM ${table('images')} i
        JOIN (SELECT * FROM parts WHERE label_id IS NULL AND flag IS NULL) p USING (image_id)
      ORDER BY i.image_id`,
  )
  await engine.run(
    `INSERT INTO stage_masks
      SELECT image_id, label_id, instance, p.area, p.x0, p.y0, p.x1, p.y1, coalesce(p.bytes, m.bytes)
      FROM (SELECT image_id, label_id, instance, bytes FROM ${table('masks')}) m ${sizeOnly ? 'LEFT ' : ''}JOIN
        (SELECT * FROM parts WHERE label_id IS NOT NULL AND flag IS NULL) p
        USING (image_id, label_id, instance)
      ORDER BY image_id, label_id, instance`,
  )
  await engine.run(createTableSql('quality'))
  await engine.run(
    `INSERT INTO quality SELECT image_id, label_id, instance, flag, detail FROM parts
      WHERE flag IS NOT NULL ORDER BY image_id, label_id NULLS FIRST, instance, flag`,
  )
}

function partsSql(parts: string): string {
  const columns = Object.entries(PART_COLUMNS).map(([name, type]) => `${name}: '${type}'`)
  return `read_csv(${exactPath(parts, '/*.csv')}, header = false, auto_detect = false, delim = ',',
    quote = '"', escape = '"', nullstr = '', columns = {${columns.join(', ')}})`
}

/** Check that the part files have every image exactly once, and every mask unless only sizes were requested. */
async function assertWhole(
  engine: NodeEngine,
  parts: string,
  { dir, manifest }: Pick<ManifestFolder, 'dir' | 'manifest'>,
  sizeOnly: boolean,
): Promise<void> {
  const { totals } = manifest.summary
  const [row] = await engine.rows<{
    images: number
    masks: number
    distinct: number
    measured: number
  }>(
    sql`SELECT count(*) FILTER (label_id IS NULL)::DOUBLE AS images,
        count(label_id)::DOUBLE AS masks,
        count(DISTINCT image_id) FILTER (label_id IS NULL)::DOUBLE AS "distinct",
        count(width)::DOUBLE AS measured
      FROM parts WHERE flag IS NULL`,
  )
  const isWhole =
    row?.images === totals.images &&
    row.distinct === totals.images &&
    row.masks === (sizeOnly ? 0 : totals.masks)
  if (!isWhole) throw otherRows(parts)
  if (row.measured === 0)
    throw new NothingFound(
      `${dir}: none of its images could be read; do the pictures belong to this manifest?`,
    )
}

const otherRows = (parts: string) =>
  new UserError(
    `${parts}: must hold every row to measure once; remove this folder and measure again`,
  )
