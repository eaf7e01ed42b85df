import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Archive } from '../archive/archive'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { allFiles } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest } from '../manifest/manifest'
import { formatManifest } from '../store/checksum.node.ts'
import { diskError } from '../store/disk-error'
import { assertTables } from '../store/intact-files.node.ts'
import { parquetSql } from '../store/parquet-sql.node.ts'
import { isPartitioned, readPartitions } from '../store/partitions.node.ts'
import { publishManifest } from '../store/publish.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { openStaging, type Staging } from '../store/staging.node.ts'
import { writeParquet } from '../store/write-parquet.node.ts'
import { archiveOf } from './archive-of'
import { attachEntries, entriesPath } from './attach-entries.node.ts'
import { type Matches, matchManifest } from './match-manifest.node.ts'
import type { StagedEntries, StageOptions } from './stage-entries.node.ts'
import { stageInThread } from './stage-in-thread.node.ts'

export type LocatorReport = Matches & Omit<StagedEntries, 'prefix'>

/**
 * Find every image and mask of a manifest in an archive, and add the table `locator` to the manifest. The manifest's
 * folder does not change until the last step.
 *
 * @throws UserError if the archive has no file of the manifest, or the folder cannot be written.
 */
export async function addLocator(
  { dir, manifest }: ManifestFolder,
  archive: Archive,
  options: StageOptions = {},
): Promise<LocatorReport> {
  const staging = await openStaging(dir).catch(error => {
    throw notWritable(error, dir, archive)
  })
  try {
    const path = entriesPath(staging.databases)
    const staged = await stageInThread(path, archive, options)
    await attachEntries(staging.engine, path)
    const matches = await matchManifest(staging.engine, { dir, manifest })
    if (matches.images + matches.masks === 0)
      throw new UserError(
        `${archive.location}: none of its ${staged.pictures} pictures is in the manifest ${dir}; is this the release that the manifest was built from?`,
      )
    await publish(staging, dir, { ...manifest, archive: archiveOf(archive, staged.prefix) })
    const { prefix: _, ...report } = staged
    return { ...report, ...matches }
  } catch (error) {
    throw notWritable(error, dir, archive)
  } finally {
    await staging.dispose()
  }
}

/** @param manifest The new manifest. The files of the new locator are added here. */
async function publish(
  { engine, dir: staged }: Staging,
  dir: string,
  manifest: Manifest,
): Promise<void> {
  const target = join(staged, 'manifest')
  await mkdir(target, { recursive: true })
  const partitions = isPartitioned(manifest) ? await partitionsOf(engine, dir, manifest) : []
  const locator = await writeParquet(engine, 'locator', target, partitions)
  const changed: Manifest = { ...manifest, files: { ...manifest.files, locator } }
  await writeFile(join(target, MANIFEST_FILE), formatManifest(changed))
  const kept = allFiles(manifest).map(({ file }) => file)
  await publishManifest(target, dir, undefined, kept)
}

async function partitionsOf(engine: NodeEngine, dir: string, manifest: Manifest) {
  const tables = ['images', 'datasets', 'submodalities'] as const
  await assertTables({ dir, manifest }, tables)
  for (const table of tables) {
    // Staging has created some of these as empty tables.
    await engine.run(`DROP TABLE IF EXISTS ${table}`)
    await engine.run(`CREATE VIEW ${table} AS FROM ${parquetSql({ dir, manifest }, table)}`)
  }
  return readPartitions(engine)
}

const REFUSED = new Set(['EACCES', 'EPERM', 'EROFS'])

function notWritable(error: unknown, dir: string, archive: Archive): unknown {
  if (!REFUSED.has((error as NodeJS.ErrnoException).code ?? '')) return diskError(error, dir)
  return new UserError(
    `${dir}: cannot be written, and the manifest has no locator of ${archive.location} yet; copy the manifest to a writable folder and serve the copy`,
    1,
    { cause: error },
  )
}
