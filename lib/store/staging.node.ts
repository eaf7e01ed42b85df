import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type NodeEngine, openNodeEngine } from '../engine/duckdb.node.ts'
import { createTableSql } from '../manifest/tables'
import { openPartialFolder } from './partial-folder.node.ts'
import { processFolder } from './process-folder.node.ts'
import { assertPublishable } from './publish.node.ts'

/**
 * Staging tables of a new manifest, in a native DuckDB that can spill to disk. The commands `ingest`, `reference`,
 * `measure` and `upgrade` fill them. `writeManifest` derives all other tables (counts, bins, label sets, cubes).
 *
 * - datasets, submodalities, axes, labels, class_ids, rejects: as in TABLES.
 * - stage_cases: case_id is dense from 0, in the order of dataset and name.
 * - stage_images: image_id is dense from 0. Rows are inserted in the order of image_id.
 * - stage_masks: rows are in the order of image_id, label_id, instance. Area and box are NULL until measured; bytes is
 *   NULL if unknown.
 */
export interface Staging {
  readonly engine: NodeEngine
  /** Folder for temporary files. `dispose` removes it. */
  readonly dir: string
  /** Folder for database files: `dir`, or a different folder if DuckDB cannot write its log to `dir`. */
  readonly databases: string
  dispose(): Promise<void>
}

export const STAGE_IMAGE_COLUMNS = [
  'UINTEGER', // image_id
  'USMALLINT', // dataset_id
  'UTINYINT', // submodality_id
  'UINTEGER', // case_id
  'UTINYINT', // axis_id
  'USMALLINT', // slice
  'USMALLINT', // width
  'USMALLINT', // height
  'UINTEGER', // bytes
] as const

export const STAGE_MASK_COLUMNS = [
  'UINTEGER', // image_id
  'USMALLINT', // label_id
  'USMALLINT', // instance
  'UINTEGER', // area
  'USMALLINT', // x0
  'USMALLINT', // y0
  'USMALLINT', // x1
  'USMALLINT', // y1
  'UINTEGER', // bytes
] as const

export const STAGE_CASE_COLUMNS = [
  'UINTEGER', // case_id
  'USMALLINT', // dataset_id
  'VARCHAR', // case_name
] as const

const STAGE_TABLES = `
  CREATE TABLE stage_images (image_id UINTEGER NOT NULL, dataset_id USMALLINT NOT NULL,
    submodality_id UTINYINT NOT NULL, case_id UINTEGER NOT NULL, axis_id UTINYINT NOT NULL,
    slice USMALLINT, width USMALLINT, height USMALLINT, bytes UINTEGER);
  CREATE TABLE stage_masks (image_id UINTEGER NOT NULL, label_id USMALLINT NOT NULL,
    instance USMALLINT NOT NULL, area UINTEGER, x0 USMALLINT, y0 USMALLINT, x1 USMALLINT, y1 USMALLINT, bytes UINTEGER);
  CREATE TABLE stage_cases (case_id UINTEGER NOT NULL, dataset_id USMALLINT NOT NULL,
    case_name VARCHAR NOT NULL)`

/**
 * Memory limits of DuckDB. Appended rows are written to disk immediately. Statements spill to the staging folder when
 * a sort or join exceeds the limit. Higher limits save little time. The full reference manifest can be written with
 * 100 MB, most of it for the cells of the cubes, which are counted in memory.
 */
const MEMORY = { appending: '64MB', statements: '400MB' } as const

/** Set the memory limit of a staging engine for the next kind of work. Lowering the limit frees cached data. */
export const limitMemory = (engine: NodeEngine, work: keyof typeof MEMORY): Promise<void> =>
  engine.run(`SET memory_limit = '${MEMORY[work]}'`)

/**
 * Open empty staging tables in a new folder beside the manifest's folder. Removes staging folders that killed processes
 * left behind.
 *
 * @param outDir The manifest's folder. The staging folder is `<outDir>.partial-<pid>`.
 * @throws UserError if no manifest may be written to `outDir`; errors of the disk, unchanged.
 */
export async function openStaging(outDir: string): Promise<Staging> {
  await assertPublishable(outDir)
  const dir = await openPartialFolder(outDir)
  try {
    return await createStaging(dir)
  } catch (error) {
    await rm(dir, { recursive: true, force: true })
    throw error
  }
}

async function createStaging(dir: string): Promise<Staging> {
  // DuckDB parses "?" as the start of a URL query, and would put the log of a database in a wrong place.
  const databases = dir.includes('?') ? await processFolder('staging') : dir
  await mkdir(databases, { recursive: true })
  const engine = await openNodeEngine(join(databases, 'staging.duckdb'), {
    memory_limit: MEMORY.statements,
    temp_directory: join(databases, 'spill'),
  })
  for (const name of [
    'datasets',
    'submodalities',
    'axes',
    'labels',
    'class_ids',
    'rejects',
  ] as const)
    await engine.run(createTableSql(name))
  await engine.run(STAGE_TABLES)
  return {
    engine,
    dir,
    databases,
    async dispose() {
      engine.close()
      if (databases !== dir) await rm(databases, { recursive: true, force: true, maxRetries: 5 })
      await rm(dir, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}
