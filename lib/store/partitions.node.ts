import type { NodeEngine } from '../engine/duckdb.node.ts'
import { filesOf } from '../manifest/files-of'
import type { Manifest } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'
import { sql } from '../sql'

/** Images of one modality and dataset: they lie together in the order of rows. */
export interface Partition {
  readonly modality: string
  readonly dataset: string
  /** Ids of their first and last image. */
  readonly first: number
  readonly last: number
}

/** Tables with a row or more for each image; all others are small. */
export const PARTITIONED: ReadonlySet<TableName> = new Set([
  ...(['images', 'masks', 'mask_boxes', 'locator'] as const),
])

/** The partitions of the engine's `images`, in the order of rows. */
export const readPartitions = (engine: NodeEngine): Promise<Partition[]> =>
  engine.rows<Partition>(
    sql`SELECT modality, dataset, min(image_id) AS "first", max(image_id) AS "last"
      FROM images JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
      GROUP BY ALL ORDER BY "first"`,
  )

/** Whether a manifest's large tables have a file for each modality and dataset. */
export const isPartitioned = (manifest: Pick<Manifest, 'files'>): boolean =>
  filesOf(manifest, 'images').some(({ partition }) => partition !== undefined)
