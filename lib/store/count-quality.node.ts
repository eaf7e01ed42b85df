import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { QualityCount } from '../manifest/manifest'
import { sql } from '../sql'

/** Rows of the table `quality` by dataset, kind and flag, as manifest.json has them. */
export const countQuality = (engine: NodeEngine): Promise<QualityCount[]> =>
  engine.rows<QualityCount>(
    sql`SELECT dataset, CASE WHEN label_id IS NULL THEN 'image' ELSE 'mask' END AS "of", flag,
        count(*)::DOUBLE AS n
      FROM quality JOIN images USING (image_id) JOIN datasets USING (dataset_id)
      GROUP BY ALL ORDER BY dataset, "of", flag`,
  )
