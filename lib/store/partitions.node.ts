import type { NodeEngine } from '../engine/duckdb.node.ts'
import { filesOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'
import { sql } from '../sql'

/** All images of one modality and dataset. They have consecutive ids. */
export interface Partition {
  readonly modality: string
  readonly dataset: string
  /** Ids of the first and the last image, both inclusive. */
  readonly first: number
  readonly last: number
}

/** Tables with rows per image or per mask. All other tables are small. */
export const PARTITIONED: ReadonlySet<TableName> = new Set([
  ...(['images', 'masks', 'mask_boxes', 'locator'] as const),
])

/** Read the partitions of the table `images`, in row order. */
export const readPartitions = (engine: NodeEngine): Promise<Partition[]> =>
  engine.rows<Partition>(
    sql`SELECT modality, dataset, min(image_id) AS "first", max(image_id) AS "last"
      FROM images JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
      GROUP BY ALL ORDER BY "first"`,
  )

/** Whether the large tables of a manifest have separate files for each modality and dataset. */
export const isPartitioned = (manifest: Pick<Manifest, 'files'>): boolean =>
  filesOf(manifest, 'images').some(({ partition }) => partition !== undefined)
