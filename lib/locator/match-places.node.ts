import type { NodeEngine } from '../engine/duckdb.node.ts'
import { sql } from '../sql'
import { KEYS } from './name-key'

/** Columns for the position, size, compression method and CRC-32 of an entry. */
export const PLACE = 'part, "offset", compressed_bytes, bytes, method, crc32'

/**
 * Join rows and the archive's `entries` by the hashes of their file names. The result is a table `places` from a full
 * outer join. If the archive has no such file, `entry` and the columns of `PLACE` are NULL. If no row has the name of
 * an entry, `row` is NULL.
 *
 * If the archive has a name more than once, the right file is unknown, so the name matches no row. Such names go into
 * a table `repeated_entries` (name, copies, keys).
 *
 * @param rows SELECT of `row`, `class` (NULL for an image), `instance` and the keys.
 */
export async function matchPlaces(engine: NodeEngine, rows: string): Promise<void> {
  const join = (entries: string) => `CREATE OR REPLACE TABLE places AS
    SELECT "row", class, instance, entry, ${PLACE} FROM (${rows}) FULL JOIN ${entries} USING (${KEYS})`
  await engine.run(
    `CREATE TABLE repeated_entries AS SELECT name, 0::BIGINT AS copies, ${KEYS} FROM entries LIMIT 0`,
  )
  await engine.run(join('entries'))
  const [counts] = await engine.rows<{ expected: number; matched: number; without: number }>({
    text: `SELECT (SELECT count(*) FROM (${rows}))::DOUBLE AS expected,
      (SELECT count("row") FROM places)::DOUBLE AS matched,
      (SELECT count(*) FROM places WHERE "row" IS NULL)::DOUBLE AS without`,
    params: [],
  })
  const { expected, matched, without } = counts as NonNullable<typeof counts>
  // If more places than rows matched, some names are repeated. Entries without a row can have repeated names too.
  if (matched === expected && without === 0) return
  for (const statement of FIND_REPEATED) await engine.run(statement)
  const [found] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM repeated_entries`,
  )
  if (found?.n === 0) return
  await engine.run(join('(FROM entries ANTI JOIN repeated_entries USING (name))'))
}

// Sort the keys and compare neighbours, which takes less memory than grouping 20 million keys. One of the three key
// columns is enough to select candidates, because the second statement compares the names.
const FIND_REPEATED: readonly string[] = [
  `CREATE TABLE repeated_keys AS SELECT DISTINCT key_a FROM (
    SELECT key_a, key_b, lag(key_a) OVER () AS a, lag(key_b) OVER () AS b
    FROM (SELECT key_a, key_b FROM entries ORDER BY key_a, key_b)) WHERE key_a = a AND key_b = b`,
  `INSERT INTO repeated_entries SELECT name, count(*), ${KEYS}
    FROM entries SEMI JOIN repeated_keys USING (key_a) GROUP BY ALL HAVING count(*) > 1`,
  'DROP TABLE repeated_keys',
]
