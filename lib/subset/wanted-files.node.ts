import type { Archive } from '../archive/archive'
import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { TableWriter } from '../engine/table-writer.node.ts'
import { UserError } from '../errors'
import { stageEntries } from '../locator/stage-entries.node.ts'
import type { Manifest } from '../manifest/manifest'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { integer, sql } from '../sql'
import type { WantedFile } from './fetch-files.node.ts'

/** Files that are wanted, in the archive's order, and what of them is not there. */
export interface Wanted {
  readonly files: number
  readonly bytes: number
  readonly packedBytes: number
  /** Names that the archive does not have. */
  readonly missing: number
  readonly firstMissing: string | null
  pages(): AsyncGenerator<readonly WantedFile[]>
}

const PAGE = 5_000

/** The files of an opened subset, by the manifest's locator: the archive's directory is not read. */
export async function wantedOfSubset(engine: NodeEngine, manifest: Manifest): Promise<Wanted> {
  const { archive, files } = manifest
  if (!archive || !files.locator)
    throw new UserError(
      'the manifest has no locator; ingest the archive itself, or serve once with --images ARCHIVE',
    )
  const named = `images i JOIN submodalities USING (submodality_id) JOIN datasets USING (dataset_id)
    JOIN axes USING (axis_id)`
  await engine.run(`CREATE OR REPLACE TABLE wanted_names AS
    SELECT image_id, NULL::USMALLINT AS label_id, NULL::USMALLINT AS instance, ${IMAGE_NAME_SQL} AS path
    FROM subset_images JOIN ${named} USING (image_id)
    UNION ALL
    SELECT image_id, label_id, instance, ${MASK_NAME_SQL}
    FROM subset_masks JOIN ${named} USING (image_id) JOIN class_ids USING (dataset_id, label_id)`)
  await engine.run(`CREATE OR REPLACE TABLE wanted AS
    SELECT (row_number() OVER (ORDER BY part, "offset") - 1)::UINTEGER AS nth, path, part, "offset",
      compressed_bytes, bytes, method, crc32
    FROM wanted_names w JOIN locator l ON w.image_id = l.image_id
      AND w.label_id IS NOT DISTINCT FROM l.label_id AND w.instance IS NOT DISTINCT FROM l.instance`)
  return wantedOf(engine, archive.prefix)
}

/**
 * The files of a list of paths, looked up in the archive's directory, which is read for it.
 *
 * @param paths Within the release, such as "images/A.png".
 */
export async function wantedOfPaths(
  archive: Archive,
  paths: Iterable<string>,
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<Wanted & { close(): void }> {
  const engine = await openNodeEngine(':memory:', { memory_limit: '1500MB' })
  try {
    await engine.run('CREATE TABLE listed (path VARCHAR)')
    const writer = await TableWriter.open(engine.connection, 'listed', ['VARCHAR'])
    for (const path of paths) writer.append(path)
    writer.close()
    const { prefix } = await stageEntries(engine, archive, { onProgress, signal })
    await engine.run('CREATE TABLE wanted_names AS SELECT DISTINCT path FROM listed')
    await engine.run(`CREATE TABLE wanted AS
      SELECT (row_number() OVER (ORDER BY part, "offset") - 1)::UINTEGER AS nth, name AS path, part, "offset",
        compressed_bytes, bytes, method, crc32
      FROM entries SEMI JOIN wanted_names ON name = path`)
    const wanted = await wantedOf(engine, prefix)
    return { ...wanted, close: () => engine.close() }
  } catch (error) {
    engine.close()
    throw error
  }
}

interface Row {
  path: string
  part: number
  offset: number
  compressed_bytes: number
  bytes: number
  method: number
  crc32: number
}

async function wantedOf(engine: NodeEngine, prefix: string): Promise<Wanted> {
  const [sums] = await engine.rows<{ files: number; bytes: number | null; packed: number | null }>(
    sql`SELECT count(*)::DOUBLE AS files, sum(bytes)::DOUBLE AS bytes,
      sum(compressed_bytes)::DOUBLE AS packed FROM wanted`,
  )
  const [lost] = await engine.rows<{ n: number; first: string | null }>(
    sql`SELECT count(*)::DOUBLE AS n, min(path) AS first FROM wanted_names ANTI JOIN wanted USING (path)`,
  )
  return {
    files: sums?.files ?? 0,
    bytes: sums?.bytes ?? 0,
    packedBytes: sums?.packed ?? 0,
    missing: lost?.n ?? 0,
    firstMissing: lost?.first ?? null,
    async *pages() {
      for (let from = 0; ; from += PAGE) {
        const rows = await engine.rows<Row>(
          sql`SELECT path, part, "offset"::DOUBLE AS "offset", compressed_bytes, bytes, method, crc32
            FROM wanted WHERE nth BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY nth`,
        )
        if (rows.length === 0) return
        yield rows.map(({ compressed_bytes, ...row }) => ({
          ...row,
          compressedBytes: compressed_bytes,
          name: prefix + row.path,
        }))
      }
    },
  }
}
