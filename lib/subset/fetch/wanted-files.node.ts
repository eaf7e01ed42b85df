import type { Archive } from '../../archive/archive'
import { ENTRY_PROBLEMS, nameProblem } from '../../archive/entry-problems'
import { command } from '../../command-name.node.ts'
import { type NodeEngine, openNodeEngine } from '../../engine/duckdb.node.ts'
import { TableWriter } from '../../engine/table-writer.node.ts'
import { UserError } from '../../errors'
import { stageEntries } from '../../locator/stage-entries.node.ts'
import { PLACE_SQL } from '../../manifest/locator-columns'
import type { Manifest } from '../../manifest/manifest'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../../release/name-sql'
import { integer, sql } from '../../sql'
import { processFolder } from '../../store/process-folder.node.ts'
import type { WantedFile } from './sink'

/** Files to fetch, in the archive's order, and the number of missing files. */
export interface Wanted {
  readonly files: number
  readonly bytes: number
  readonly packedBytes: number
  /** UTF-8 bytes of all paths. */
  readonly nameBytes: number
  /** Number of names that the archive does not have. */
  readonly missing: number
  readonly firstMissing: string | null
  /** The files in pages. @throws UserError for a path that is unsafe or not of a picture. */
  pages(): AsyncGenerator<readonly WantedFile[]>
  /**
   * Engine with the table `wanted`; columns as `WantedRow`, and `nth`, which counts from 0 in the archive's order.
   */
  readonly engine: NodeEngine
  /** Row of `wanted` → file. */
  fileOf(row: WantedRow): WantedFile
}

/** A row of the table `wanted`. */
export interface WantedRow {
  path: string
  part: number
  offset: number
  compressed_bytes: number
  bytes: number
  method: number
  crc32: number
}

/** Columns of `WantedRow`, as numbers. */
export const WANTED_COLUMNS = `path, ${PLACE_SQL}`

const PAGE = 5_000

const PATH = /^(images|masks)\/[^/]+\.png$/s

/** The files of an opened subset, by the manifest's locator, without reading the archive's directory. */
export async function wantedOfSubset(engine: NodeEngine, manifest: Manifest): Promise<Wanted> {
  const { archive, files } = manifest
  if (!archive || !files.locator)
    throw new UserError(
      'the manifest has no locator; ingest the archive, or serve the manifest once with --images ARCHIVE',
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
 * The files of a list of paths, found by reading the archive's directory.
 *
 * @param paths Paths in the release, such as "images/A.png".
 */
export async function wantedOfPaths(
  archive: Archive,
  paths: Iterable<string>,
  onProgress: (doneBytes: number, totalBytes: number) => void,
  signal: AbortSignal,
): Promise<Wanted & { close(): void }> {
  const engine = await openNodeEngine(':memory:', {
    memory_limit: '1500MB',
    temp_directory: await processFolder('spill'),
  })
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

async function wantedOf(engine: NodeEngine, prefix: string): Promise<Wanted> {
  const [sums] = await engine.rows<Pick<Wanted, 'files' | 'bytes' | 'packedBytes' | 'nameBytes'>>(
    sql`SELECT count(*)::DOUBLE AS files, coalesce(sum(bytes), 0)::DOUBLE AS bytes,
      coalesce(sum(compressed_bytes), 0)::DOUBLE AS "packedBytes",
      coalesce(sum(strlen(path)), 0)::DOUBLE AS "nameBytes" FROM wanted`,
  )
  const [lost] = await engine.rows<Pick<Wanted, 'missing' | 'firstMissing'>>(
    sql`SELECT count(*)::DOUBLE AS missing, min(path) AS "firstMissing"
      FROM wanted_names ANTI JOIN wanted USING (path)`,
  )
  const fileOf = ({ compressed_bytes, ...row }: WantedRow): WantedFile => {
    const problem = nameProblem(row.path)
    if (problem !== null || !PATH.test(row.path))
      throw new UserError(
        `"${row.path}" ${problem === null ? 'is not a picture of a release' : ENTRY_PROBLEMS[problem]}; the manifest is damaged: check it with ${command('verify', '--manifest', 'DIR')}`,
      )
    return { ...row, compressedBytes: compressed_bytes, name: prefix + row.path }
  }
  return {
    ...(sums as NonNullable<typeof sums>),
    ...(lost as NonNullable<typeof lost>),
    engine,
    fileOf,
    async *pages() {
      for (let from = 0; ; from += PAGE) {
        const rows = await engine.rows<WantedRow>(
          sql`SELECT ${{ text: WANTED_COLUMNS, params: [] }} FROM wanted
            WHERE nth BETWEEN ${integer(from)} AND ${integer(from + PAGE - 1)} ORDER BY nth`,
        )
        if (rows.length === 0) return
        yield rows.map(fileOf)
      }
    },
  }
}
