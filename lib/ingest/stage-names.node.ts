import type { NodeEngine } from '../engine/duckdb.node.ts'
import { integer, sql } from '../sql'
import { withoutRepeated } from '../store/neighbours-sql'
import type { IndexStager } from './stage-index.node.ts'

/** Names in memory at a time. */
const PAGE = 100_000

/**
 * Use the names of an archive's staged `entries` instead of an index. A mask belongs to the image whose name its own
 * name begins with. Memory does not depend on the number of names.
 */
export async function stageNames(engine: NodeEngine, stager: IndexStager): Promise<void> {
  await engine.run(`CREATE TABLE sorted_names AS
    SELECT (row_number() OVER () - 1)::UINTEGER AS nth, stem, is_mask, name
    FROM ${withoutRepeated(
      ['name'],
      `(
      SELECT name, name LIKE 'masks/%' AS is_mask,
        CASE WHEN name LIKE 'masks/%' THEN regexp_replace(name[7:-5], '--[^-]*$', '')
          ELSE name[8:-5] END AS stem
      FROM entries ORDER BY stem, is_mask, name)`,
    )}`)
  let image: string | null = null
  for (let from = 0; ; from += PAGE) {
    const page = await engine.rows<{ stem: string; is_mask: boolean; name: string }>(
      sql`SELECT stem, is_mask, name FROM sorted_names
        WHERE nth BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY nth`,
    )
    if (page.length === 0) break
    for (const { stem, is_mask, name } of page) {
      if (!is_mask) {
        image = stem
        stager.image(name)
      } else if (image === stem) stager.mask(name)
      else stager.orphan(name)
    }
  }
  await engine.run('DROP TABLE sorted_names')
}
