import type { NodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { detachEntries } from '../locator/attach-entries.node.ts'
import { matchPlaces, PLACE } from '../locator/match-places.node.ts'
import { KEYS } from '../locator/name-key'
import { createTableSql } from '../manifest/tables'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { sql } from '../sql'

/** Number of unsafe entries that are logged; the rejects have all. */
const SHOWN_UNSAFE = 5

/** An entry that must not be used, with the reason for people. */
export interface UnsafeEntry {
  /** Name in the archive. */
  readonly name: string
  readonly problem: string
}

/**
 * Match raw rows and the archive's `entries` by name. Rows without an entry are removed from the raw tables and
 * rejected; entries without a row are rejected. Leaves the table `places` with the places of all other rows.
 *
 * @param prefix Folder of the release in the archive, with its slash.
 */
export async function matchArchive(
  engine: NodeEngine,
  { prefix, unsafe }: { readonly prefix: string; readonly unsafe: readonly UnsafeEntry[] },
  log: (line: string) => void,
): Promise<void> {
  const start = performance.now()
  // Unsafe entries that the index lists too are rejected as rows, whose text is only the path.
  for (const { name, problem } of unsafe.slice(0, SHOWN_UNSAFE)) log(`not used: ${name} ${problem}`)
  await stageUnsafe(engine, prefix, unsafe)
  await matchPlaces(engine, ROWS)
  const [lost] = await engine.rows<{ rows: number; entries: number }>(
    sql`SELECT count(*) FILTER (entry IS NULL)::DOUBLE AS "rows",
      count(*) FILTER ("row" IS NULL)::DOUBLE AS entries FROM places`,
  )
  if (lost?.rows) for (const statement of REFUSE_ROWS) await engine.run(statement)
  await engine.run(REFUSE_ENTRIES)
  await detachEntries(engine)
  for (const table of ['repeated_entries', 'unsafe_entries'])
    await engine.run(`DROP TABLE ${table}`)
  log(`index and archive compared (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}

async function stageUnsafe(
  engine: NodeEngine,
  prefix: string,
  unsafe: readonly UnsafeEntry[],
): Promise<void> {
  await engine.run('CREATE TABLE unsafe_entries (name VARCHAR, "text" VARCHAR)')
  const writer = await TableWriter.open(engine.connection, 'unsafe_entries', ['VARCHAR', 'VARCHAR'])
  for (const { name, problem } of unsafe)
    writer.append(name.startsWith(prefix) ? name.slice(prefix.length) : name, `${name}: ${problem}`)
  writer.close()
}

const ROWS = `SELECT seq AS "row", NULL::UINTEGER AS class, NULL::USMALLINT AS instance, ${KEYS} FROM raw_images
  UNION ALL SELECT seq, class, instance, ${KEYS} FROM raw_masks`

/** Raw images with the columns that names are made of, and `seq`. */
const NAMED_IMAGES = `(SELECT seq, code AS submodality, name AS dataset, case_name, axis, slice
  FROM raw_images JOIN raw_submodalities USING (submodality) JOIN raw_datasets USING (dataset)
    JOIN raw_axes USING (axis_id))`

/** Start of the expression of `rejects.input` for rows that are appended; the order follows. */
const NEXT_INPUT = '(SELECT count(*) FROM rejects) - 1 + row_number() OVER ('

/** Reason for a row without a place in the archive. */
const REASON = `CASE WHEN name IN (SELECT name FROM repeated_entries) THEN 'repeated-entry'
  WHEN name IN (SELECT name FROM unsafe_entries) THEN 'unsafe-entry' ELSE 'not-in-archive' END`

const REFUSE_ROWS: readonly string[] = [
  `CREATE TABLE lost_images AS SELECT seq, ${IMAGE_NAME_SQL} AS name FROM ${NAMED_IMAGES}
    SEMI JOIN (SELECT "row" AS seq FROM places WHERE entry IS NULL AND class IS NULL) USING (seq)`,
  `INSERT INTO rejects
    SELECT ${NEXT_INPUT}ORDER BY seq), 'image', ${REASON}, name, NULL FROM lost_images ORDER BY seq`,
  // A mask is lost with its image, or if its own file does not exist.
  `CREATE TABLE lost_masks AS
    SELECT "row" AS seq, class, instance, l.name IS NOT NULL AS with_image
    FROM places LEFT JOIN lost_images l ON "row" = seq
    WHERE class IS NOT NULL AND (entry IS NULL OR l.name IS NOT NULL)`,
  `INSERT INTO rejects
    SELECT ${NEXT_INPUT}ORDER BY seq, class, instance), 'mask',
      CASE WHEN with_image THEN 'image-rejected' ELSE ${REASON} END, name, image
    FROM (SELECT seq, class, instance, with_image, ${MASK_NAME_SQL} AS name, ${IMAGE_NAME_SQL} AS image
      FROM lost_masks JOIN ${NAMED_IMAGES} USING (seq) JOIN (SELECT class, class_id FROM raw_classes) USING (class))
    ORDER BY seq, class, instance`,
  'DELETE FROM raw_masks WHERE (seq, class, instance) IN (SELECT (seq, class, instance) FROM lost_masks)',
  'DELETE FROM raw_images WHERE seq IN (SELECT seq FROM lost_images)',
  'DROP TABLE lost_images',
  'DROP TABLE lost_masks',
]

/** Entries that were already rejected by name are not rejected again. */
const REFUSE_ENTRIES = `INSERT INTO rejects
  SELECT ${NEXT_INPUT}ORDER BY "text"), 'entry', reason, "text", NULL
  FROM (SELECT name, name AS "text", 'not-in-index' AS reason
      FROM entries SEMI JOIN (SELECT entry FROM places WHERE "row" IS NULL) USING (entry)
    UNION ALL SELECT name, name, 'repeated-entry' FROM repeated_entries
    UNION ALL SELECT name, "text", 'unsafe-entry' FROM unsafe_entries)
    ANTI JOIN (SELECT text AS name FROM rejects WHERE kind IN ('image', 'mask')) USING (name)
  ORDER BY "text"`

/**
 * Statements for after `resolveRows`: the locator from the places, the masks in its order, and the sizes of images, all
 * with one sort. They use image_ids and class_labels of `resolveRows`.
 */
export const STAGE_LOCATOR: readonly string[] = [
  createTableSql('locator'),
  `INSERT INTO locator SELECT image_id, label_id, instance, ${PLACE}
    FROM places JOIN image_ids ON "row" = seq LEFT JOIN class_labels USING (class)
    WHERE entry IS NOT NULL
    ORDER BY image_id, label_id NULLS FIRST, instance`,
  'DROP TABLE places',
  `INSERT INTO stage_masks SELECT image_id, label_id, instance, NULL, NULL, NULL, NULL, NULL, bytes
    FROM locator WHERE label_id IS NOT NULL`,
  // Writing a new table is faster than updating every row, and keeps the order.
  `CREATE TABLE sized_images AS
    SELECT s.* REPLACE (l.bytes AS bytes) FROM stage_images s
      JOIN (SELECT image_id, bytes FROM locator WHERE label_id IS NULL) l USING (image_id)
    ORDER BY image_id`,
  'DROP TABLE stage_images',
  'ALTER TABLE sized_images RENAME TO stage_images',
]
