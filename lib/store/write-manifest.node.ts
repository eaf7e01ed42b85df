import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  FORMAT_VERSION,
  MANIFEST_FILE,
  type Manifest,
  type ManifestFile,
  type Measured,
} from '../manifest/manifest'
import { placeName } from '../manifest/place-name'
import { TABLE_NAMES } from '../manifest/tables'
import { version } from '../manifest/version'
import { formatManifest } from './checksum.node.ts'
import { countDuplicates } from './count-duplicates.node.ts'
import { countImageSplit } from './count-image-split.node.ts'
import { countQuality } from './count-quality.node.ts'
import { countRejects } from './count-rejects.node.ts'
import { deriveTables } from './derive.node.ts'
import { readPartitions } from './partitions.node.ts'
import { publishManifest } from './publish.node.ts'
import type { Staging } from './staging.node.ts'
import { summarize } from './summarize.node.ts'
import { writeParquet } from './write-parquet.node.ts'

export interface WriteOptions {
  /** Folder of the manifest. An existing manifest is replaced in one step at the end. */
  readonly out: string
  /** Short description of the manifest's content. */
  readonly name: string
  /** Path or URL that the rows come from. Only the last step of an absolute path is written. */
  readonly source: string
  readonly simulated: boolean
  /** Kind of measures and place of the pictures. Requires the staged table `quality`. */
  readonly measured?: Omit<Measured, 'quality' | 'notMeasured'>
  /** Archive of the rows. Requires the staged table `locator`. */
  readonly archive?: Manifest['archive']
  /** The manifest at `out`, to keep the locator of that manifest. The new rows must be the same, in the same order. */
  readonly locatorOf?: Manifest
  /** Write separate files for each modality and dataset of the large tables. */
  readonly partition?: boolean
  readonly log?: (line: string) => void
  /**
   * Called to check the finished manifest before it is published.
   *
   * @param folder Temporary folder of the manifest.
   * @throws to cancel publishing; `out` then stays unchanged.
   */
  readonly check?: (folder: string, manifest: Manifest) => Promise<void>
}

/**
 * Write a complete manifest from staged rows. The folder `out` does not change until the last step, so a failure or a
 * killed process leaves the existing manifest intact.
 */
export async function writeManifest(
  { engine, dir }: Staging,
  { log = () => {}, ...options }: WriteOptions,
): Promise<Manifest> {
  const { out, name, source, simulated, measured, archive, locatorOf, check } = options
  const { duplicates } = await deriveTables(engine, log)
  const target = join(dir, 'manifest')
  await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true })
  const summary = await summarize(engine)
  const files: Record<string, readonly ManifestFile[]> = {}
  const optional = [
    ...(measured ? (['quality'] as const) : []),
    ...(archive ? (['locator'] as const) : []),
    ...(duplicates ? (['duplicates'] as const) : []),
  ]
  const partitions = options.partition ? await readPartitions(engine) : []
  for (const table of [...TABLE_NAMES, ...optional]) {
    const written = await writeParquet(engine, table, target, partitions)
    files[table] = written
    log(`${table}: ${inWords(written)}`)
  }
  const { locator } = locatorOf?.files ?? {}
  if (locator) files.locator = locator
  const manifest: Manifest = {
    format: 'samed2d-manifest',
    version: FORMAT_VERSION,
    id: contentId(files),
    name,
    simulated,
    source: placeName(source),
    created: new Date().toISOString(),
    createdBy: `samed2d ${version}`,
    rejects: await countRejects(engine),
    files,
    summary,
    imageSplit: await countImageSplit(engine),
    ...(archive && { archive }),
    ...(locatorOf?.archive && { archive: locatorOf.archive }),
    ...(measured && { measured: { ...measured, ...(await countQuality(engine)) } }),
    ...(duplicates && { duplicates: await countDuplicates(engine) }),
  }
  await writeFile(join(target, MANIFEST_FILE), formatManifest(manifest))
  await check?.(target, manifest)
  await publishManifest(
    target,
    out,
    undefined,
    (locator ?? []).map(({ file }) => file),
  )
  return manifest
}

const inWords = (files: readonly ManifestFile[]) => {
  const rows = files.reduce((sum, file) => sum + file.rows, 0)
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return `${rows} rows, ${bytes} bytes${files.length > 1 ? ` in ${files.length} files` : ''}`
}

/**
 * Hash the names of all tables and the hashes of their files. Two manifests with the same id have the same rows. The
 * locator is left out, because positions in an archive do not depend on the content of the pictures.
 */
export function contentId(files: Manifest['files']): string {
  const hash = createHash('sha256')
  const tables = Object.keys(files).filter(table => table !== 'locator')
  for (const table of tables.sort())
    for (const { sha256 } of files[table] ?? []) hash.update(`${table} ${sha256}\n`)
  return hash.digest('hex')
}
