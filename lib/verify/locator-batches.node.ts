import type { NamedLocator } from '../archive/entry'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { type LocatorColumns, PLACE_SQL } from '../manifest/locator-columns'
import { seededHashSql } from '../queries/seeded-hash'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { integer, type Sql, sql } from '../sql'

/** A row of the locator, with the expected name of the archive entry, and a description of the row for messages. */
export interface LocatedRow extends NamedLocator {
  readonly row: string
}

interface Columns extends LocatorColumns {
  name: string | null
}

/** Rows per batch; they take a few MB. */
const BATCH_ROWS = 20_000

/** A random sample of `rows` rows of a locator. The same seed gives the same sample. */
export interface Sample {
  readonly rows: number
  readonly seed: number
}

/**
 * Read the rows of a manifest's locator in batches, in the order of the archive.
 *
 * @param prefix Folder of the release within the archive, with a trailing slash; empty for the top.
 * @param sample Null for all rows.
 */
export async function* locatorBatches(
  engine: NodeEngine,
  prefix: string,
  sample: Sample | null,
): AsyncGenerator<LocatedRow[]> {
  await engine.run('CREATE TEMP TABLE wanted AS FROM locator LIMIT 0')
  try {
    const chosen = sample ? sampleSql(sample) : sql`SELECT * FROM locator`
    await engine.rows(sql`INSERT INTO wanted FROM (${chosen}) ORDER BY part, "offset"`)
    const [{ n: total } = { n: 0 }] = await engine.rows<{ n: number }>(
      sql`SELECT count(*)::DOUBLE AS n FROM wanted`,
    )
    for (let start = 0; start < total; start += BATCH_ROWS)
      yield (await engine.rows<Columns>(batchSql(start))).map(each => located(each, prefix))
  } finally {
    await engine.run('DROP TABLE wanted')
  }
}

const sampleSql = ({ rows, seed }: Sample): Sql => sql`
  SELECT * EXCLUDE (position) FROM (SELECT *, row_number() OVER () - 1 AS position FROM locator)
  ORDER BY ${seededHashSql(sql`position`, seed)} LIMIT ${integer(rows)}`

const batchSql = (start: number): Sql => ({
  text: `WITH batch AS (SELECT image_id, label_id, instance, ${PLACE_SQL} FROM wanted WHERE rowid BETWEEN ${start} AND ${start + BATCH_ROWS - 1})
    SELECT b.image_id, b.label_id, b.instance, b.* EXCLUDE (image_id, label_id, instance),
      CASE WHEN b.label_id IS NULL THEN ${IMAGE_NAME_SQL} ELSE ${MASK_NAME_SQL} END AS name
    FROM batch b LEFT JOIN images i USING (image_id) LEFT JOIN submodalities USING (submodality_id)
      LEFT JOIN datasets d USING (dataset_id) LEFT JOIN axes USING (axis_id)
      LEFT JOIN class_ids c ON c.dataset_id = i.dataset_id AND c.label_id = b.label_id
    ORDER BY part, "offset"`,
  params: [],
})

function located(columns: Columns, prefix: string): LocatedRow {
  const { image_id, label_id, instance, compressed_bytes, name, ...place } = columns
  const row =
    label_id === null
      ? `image ${image_id}`
      : `mask of image ${image_id}, label ${label_id}, instance ${instance}`
  return { ...place, compressedBytes: compressed_bytes, name: prefix + name, row }
}
