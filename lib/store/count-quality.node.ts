import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Measured, QualityCount } from '../manifest/manifest'
import { NOT_MEASURED_CODES } from '../manifest/quality'
import { sql } from '../sql'

/**
 * Count the rows of the table `quality` for manifest.json, by dataset, kind (image or mask) and flag. Pictures that
 * were not measured are counted separately.
 */
export async function countQuality(
  engine: NodeEngine,
): Promise<Pick<Measured, 'quality' | 'notMeasured'>> {
  const rows = await engine.rows<QualityCount>(
    sql`SELECT dataset, CASE WHEN label_id IS NULL THEN 'image' ELSE 'mask' END AS "of", flag,
        count(*)::DOUBLE AS n
      FROM quality JOIN images USING (image_id) JOIN datasets USING (dataset_id)
      GROUP BY ALL ORDER BY dataset, "of", flag`,
  )
  const isFlag = ({ flag }: QualityCount) => !NOT_MEASURED_CODES.some(code => code === flag)
  const notMeasured = rows.filter(row => !isFlag(row))
  return { quality: rows.filter(isFlag), ...(notMeasured.length > 0 && { notMeasured }) }
}
