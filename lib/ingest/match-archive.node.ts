import type { NodeEngine } from '../engine/duckdb.node.ts'
import { createTableSql } from '../manifest/tables'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { sql } from '../sql'

/**
 * Raw rows and the archive's `entries` by their names: what only the index has is taken out of the
 * raw tables and refused, and so is what only the archive has. Leaves image_places and mask_places:
 * where the rest lies.
 */
export async function matchArchive(engine: NodeEngine, log: (line: string) => void): Promise<void> {
  const start = performance.now()
  for (const statement of STEPS) await engine.run(statement)
  log(`index and archive compared (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}

const PLACE = 'part, "offset", compressed_bytes, bytes, method, crc32'

/** Names of raw images; columns: seq, and those that names are made of. */
const NAMED_IMAGES = `(SELECT seq, code AS submodality, name AS dataset, case_name, axis, slice
  FROM raw_images JOIN raw_submodalities USING (submodality) JOIN raw_datasets USING (dataset)
    JOIN raw_axes USING (axis_id))`

/**
 * What names are joined by: two independent hashes, 128 bits, in place of some hundred bytes, so that
 * 20 million names need not spill. The odds that two of them share both are 1e-24.
 */
const keyOf = (name: string) => `hash(${name}) AS h1, hash(reverse(${name})) AS h2`
const ENTRIES = `(SELECT rowid AS entry, ${keyOf('name')}, ${PLACE} FROM entries)`

/** Opens `rejects.input` for rows that are appended in an order of their own. */
const NEXT_INPUT = '(SELECT count(*) FROM rejects) - 1 + row_number() OVER ('

const STEPS: readonly string[] = [
  // Names that the archive has twice: which file is meant is not known. Equal hashes are neighbours once
  // they are sorted; grouping 20 million of them fails in DuckDB 1.4.3 now and then (INTERNAL error).
  `CREATE TABLE repeated_hashes AS SELECT DISTINCT h FROM (
    SELECT h, lag(h) OVER () AS before FROM (SELECT hash(name) AS h FROM entries ORDER BY h))
    WHERE h = before`,
  `CREATE TABLE repeated_entries AS SELECT name
    FROM entries SEMI JOIN repeated_hashes ON hash(name) = h GROUP BY name HAVING count(*) > 1`,
  'DELETE FROM entries WHERE name IN (SELECT name FROM repeated_entries)',
  `CREATE TABLE image_places AS
    SELECT seq, entry, ${PLACE} FROM (SELECT seq, ${keyOf(IMAGE_NAME_SQL)} FROM ${NAMED_IMAGES})
      JOIN ${ENTRIES} USING (h1, h2)`,
  `CREATE TABLE mask_places AS
    SELECT seq, class, instance, entry, ${PLACE}
    FROM (SELECT seq, class, instance, ${keyOf(MASK_NAME_SQL)}
      FROM raw_masks JOIN ${NAMED_IMAGES} USING (seq) JOIN (SELECT class, class_id FROM raw_classes) USING (class))
      JOIN ${ENTRIES} USING (h1, h2)`,
  `CREATE TABLE lost_images AS SELECT seq, ${IMAGE_NAME_SQL} AS name
    FROM ${NAMED_IMAGES} ANTI JOIN image_places USING (seq)`,
  `INSERT INTO rejects
    SELECT ${NEXT_INPUT}ORDER BY seq), 'image',
      CASE WHEN name IN (SELECT name FROM repeated_entries) THEN 'repeated-entry' ELSE 'not-in-archive' END,
      name, NULL FROM lost_images ORDER BY seq`,
  // A mask whose image is gone goes with it; another one if its own file is not there.
  `CREATE TABLE lost_masks AS
    SELECT seq, class, instance, l.name IS NOT NULL AS with_image
    FROM raw_masks LEFT JOIN lost_images l USING (seq)
      ANTI JOIN (SELECT seq, class, instance FROM mask_places ANTI JOIN lost_images USING (seq))
        USING (seq, class, instance)`,
  `INSERT INTO rejects
    SELECT ${NEXT_INPUT}ORDER BY seq, class, instance), 'mask',
      CASE WHEN with_image THEN 'image-rejected'
        WHEN name IN (SELECT name FROM repeated_entries) THEN 'repeated-entry' ELSE 'not-in-archive' END,
      name, image
    FROM (SELECT seq, class, instance, with_image, ${MASK_NAME_SQL} AS name, ${IMAGE_NAME_SQL} AS image
      FROM lost_masks JOIN ${NAMED_IMAGES} USING (seq) JOIN (SELECT class, class_id FROM raw_classes) USING (class))
    ORDER BY seq, class, instance`,
  'DELETE FROM raw_masks WHERE (seq, class, instance) IN (SELECT (seq, class, instance) FROM lost_masks)',
  'DELETE FROM raw_images WHERE seq IN (SELECT seq FROM lost_images)',
  // What was refused by its name is in the list already.
  `INSERT INTO rejects
    SELECT ${NEXT_INPUT}ORDER BY name), 'entry', reason, name, NULL
    FROM (SELECT name, 'not-in-index' AS reason FROM (SELECT rowid AS entry, name FROM entries)
        ANTI JOIN image_places USING (entry) ANTI JOIN mask_places USING (entry)
      UNION ALL SELECT name, 'repeated-entry' FROM repeated_entries)
      ANTI JOIN (SELECT text AS name FROM rejects WHERE kind IN ('image', 'mask')) USING (name)
    ORDER BY name`,
  ...['entries', 'repeated_hashes', 'repeated_entries', 'lost_images', 'lost_masks'].map(
    name => `DROP TABLE ${name}`,
  ),
]

/**
 * After `resolveRows`: the places as the manifest's locator, and the sizes of images.
 *
 * @param engine Has image_ids and class_labels of `resolveRows`.
 */
export async function stageLocator(engine: NodeEngine): Promise<void> {
  await engine.run(createTableSql('locator'))
  await engine.run(`INSERT INTO locator
    SELECT image_id, label_id, instance, ${PLACE} FROM (
      SELECT image_id, NULL::USMALLINT AS label_id, NULL::USMALLINT AS instance, ${PLACE}
      FROM image_places JOIN image_ids USING (seq)
      UNION ALL SELECT image_id, label_id, instance, ${PLACE}
      FROM mask_places JOIN image_ids USING (seq) JOIN class_labels USING (class))
    ORDER BY image_id, label_id NULLS FIRST, instance`)
  await engine.run('DROP TABLE image_places')
  await engine.run('DROP TABLE mask_places')
  // A table written anew costs less than an update of every row, and keeps the order.
  await engine.run(`CREATE TABLE sized_images AS
    SELECT s.* REPLACE (l.bytes AS bytes) FROM stage_images s
      LEFT JOIN (SELECT image_id, bytes FROM locator WHERE label_id IS NULL) l USING (image_id)
    ORDER BY image_id`)
  await engine.run('DROP TABLE stage_images')
  await engine.run('ALTER TABLE sized_images RENAME TO stage_images')
  const [row] = await engine.rows<{ missing: number }>(
    sql`SELECT count(*)::DOUBLE AS missing FROM stage_images WHERE bytes IS NULL`,
  )
  if (row?.missing !== 0) throw new Error(`ingest lost the places of ${row?.missing} images`)
}
