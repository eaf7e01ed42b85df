import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Duplicates } from '../manifest/manifest'
import { sql } from '../sql'

/** Count the rows of the table `duplicates` for manifest.json. */
export async function countDuplicates(engine: NodeEngine): Promise<Duplicates> {
  const [totals] = await engine.rows<{ groups: number; images: number }>(
    sql`SELECT count(DISTINCT duplicate_group)::DOUBLE AS groups, count(*)::DOUBLE AS images
      FROM duplicates`,
  )
  const overlaps = await engine.rows<Duplicates['overlaps'][number]>(
    sql`WITH n AS (SELECT duplicate_group, dataset, count(*) AS images
        FROM duplicates JOIN images USING (image_id) JOIN datasets USING (dataset_id) GROUP BY ALL)
      SELECT x.dataset AS a, y.dataset AS b, count(*)::DOUBLE AS groups,
        sum(x.images)::DOUBLE AS "imagesA", sum(y.images)::DOUBLE AS "imagesB"
      FROM n x JOIN n y ON x.duplicate_group = y.duplicate_group
        AND (x.dataset < y.dataset OR (x.dataset = y.dataset AND x.images > 1))
      GROUP BY ALL ORDER BY a, b`,
  )
  return { groups: totals?.groups ?? 0, images: totals?.images ?? 0, overlaps }
}
