import type { NodeEngine } from '../../engine/duckdb.node.ts'
import { UserError } from '../../errors'
import type { Manifest } from '../../manifest/manifest'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../../release/name-sql'
import { integer, sql } from '../../sql'
import { stageFolder } from './folder-places.node.ts'
import type { OpenSource } from './open-source.node.ts'
import { MOST_NAMED, type Wanted } from './wanted'
import { wantedOf, wantedTableSql } from './wanted-table.node.ts'

const NAMED = `images i JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
  JOIN axes USING (axis_id)`

/**
 * The files of an opened subset. For an archive, the manifest's locator gives their places, so the archive's directory
 * is not read. For a folder, the files are looked up.
 *
 * @param onProgress Called with the number of files of a folder that have been read, and in total.
 */
export async function wantedOfSubset(
  engine: NodeEngine,
  manifest: Manifest,
  source: OpenSource,
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Wanted> {
  const { archive, files } = manifest
  const isArchive = source.kind === 'archive'
  if (isArchive && (!archive || !files.locator))
    throw new UserError(
      'the manifest has no locator; ingest the archive, or serve the manifest once with --images ARCHIVE',
    )
  await engine.run(`CREATE OR REPLACE TABLE wanted_names AS
    SELECT image_id, NULL::USMALLINT AS label_id, NULL::USMALLINT AS instance, ${IMAGE_NAME_SQL} AS path
    FROM subset_images JOIN ${NAMED} USING (image_id)
    UNION ALL
    SELECT image_id, label_id, instance, ${MASK_NAME_SQL}
    FROM subset_masks JOIN ${NAMED} USING (image_id) JOIN class_ids USING (dataset_id, label_id)`)
  if (isArchive)
    await engine.run(
      wantedTableSql(`wanted_names w JOIN locator l ON w.image_id = l.image_id
        AND w.label_id IS NOT DISTINCT FROM l.label_id AND w.instance IS NOT DISTINCT FROM l.instance`),
    )
  else {
    // Files that exist but cannot be read do not count as missing, because their reasons say what to do.
    await engine.run('CREATE VIEW names AS SELECT path FROM wanted_names')
    await stageFolder(engine, source.store, onProgress, signal)
    await engine.run(wantedTableSql('places'))
  }
  if (isArchive)
    await engine.run('CREATE OR REPLACE TABLE problems (path VARCHAR, problem VARCHAR)')
  const lost = await engine.rows<{ path: string; n: number }>(
    sql`SELECT coalesce(problem, path) AS path, (count(*) OVER ())::DOUBLE AS n
      FROM (wanted_names ANTI JOIN wanted USING (path)) LEFT JOIN problems USING (path)
      ORDER BY problem IS NULL, path LIMIT ${integer(MOST_NAMED)}`,
  )
  return wantedOf(engine, isArchive ? (archive?.prefix ?? '') : '', {
    missing: lost[0]?.n ?? 0,
    firstMissing: lost.map(({ path }) => path),
  })
}
