import { openArchive } from '../archive/open-archive.node.ts'
import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { countOf, formatCount } from '../format'
import { archiveOf } from '../locator/archive-of'
import { attachEntries, entriesPath } from '../locator/attach-entries.node.ts'
import { diskError } from '../manifest/disk-error'
import type { Manifest } from '../manifest/manifest'
import { openStaging, type Staging } from '../manifest/staging.node.ts'
import { writeManifest } from '../manifest/write-manifest.node.ts'
import { sql } from '../sql'
import {
  type ArchiveContent,
  type ArchiveListing,
  type ArchiveSource,
  archiveSource,
  namesArchive,
  readArchive,
} from './archive-release.node.ts'
import { describeDatasets } from './describe-datasets.node.ts'
import { matchArchive } from './match-archive.node.ts'
import type { PathSums } from './path-sum'
import { createRawTables, dropRawTables } from './raw-tables.node.ts'
import { readClassMap } from './read-class-map.node.ts'
import { readIndex } from './read-index.node.ts'
import { openRelease, type ReleaseSource } from './release-source.node.ts'
import { dropWorkTables, resolveRows } from './resolve-rows.node.ts'
import { IndexStager, type InputCounts } from './stage-index.node.ts'
import { stageNames } from './stage-names.node.ts'
import { sumWrittenPaths } from './written-paths.node.ts'

export interface IngestOptions {
  /** Folder of the manifest. */
  readonly out: string
  readonly log?: (line: string) => void
  /** Told how many bytes of the index are read, and of how many (null if unknown). */
  readonly onRead?: OnRead
  /** The same of an archive's directory, which comes first. */
  readonly onDirectory?: (bytes: number, totalBytes: number) => void
  readonly signal?: AbortSignal
  /** Give the large tables a file for each modality and dataset. */
  readonly partition?: boolean
}

type OnRead = (bytes: number, totalBytes: number | null) => void

export interface IngestSummary {
  /** Accepted rows. */
  readonly images: number
  readonly masks: number
  /** Keys of the index and elements of their lists: accepted or rejected, every one. */
  readonly seen: InputCounts
  /** Sums over those keys and elements. */
  readonly sums: PathSums
  /** Rows of the rejects table by reason code. */
  readonly rejects: Readonly<Record<string, number>>
  /** Files of an archive that are no part of a release; null without an archive. */
  readonly others: ArchiveContent['others'] | null
  readonly manifest: Manifest
}

const realEffects = { openStaging, writeManifest, now: () => performance.now() }
export type IngestEffects = typeof realEffects

/**
 * A release's index and class map → a manifest; from an archive with the place and size of every file.
 * Sizes in px and areas stay NULL; `measure` fills them.
 * Before it takes its place, the manifest's files are read again: the names of all rows and rejects
 * must be the paths that were read. Whatever fails, the folder at `out` is as it was and the
 * staging folder is gone.
 *
 * @param source The release's folder, its index, its archive's `.zip` (path or http(s) URL), or an
 *   opened source.
 * @throws UserError if a file is missing or damaged, if nothing at all is accepted, or if the disk
 *   is full or fails.
 */
export async function ingestRelease(
  source: string | ReleaseSource | ArchiveSource,
  options: IngestOptions,
  effects: IngestEffects = realEffects,
): Promise<IngestSummary> {
  if (typeof source !== 'string') return ingestOpened(source, options, effects)
  if (!namesArchive(source)) return ingestOpened(await openRelease(source), options, effects)
  const archive = await openArchive(source, options.signal ? { signal: options.signal } : {})
  try {
    return await ingestOpened(archiveSource(archive), options, effects)
  } finally {
    await archive.close()
  }
}

async function ingestOpened(
  release: ReleaseSource | ArchiveSource,
  options: IngestOptions,
  effects: IngestEffects,
): Promise<IngestSummary> {
  const { out, log = () => {}, partition = false } = options
  let staging: Staging | null = null
  const interrupt = () => staging?.engine.connection.interrupt()
  options.signal?.addEventListener('abort', interrupt, { once: true })
  try {
    staging = await effects.openStaging(out)
    const { prefix, ...summary } = await stageRelease(release, staging, options, effects.now)
    options.signal?.throwIfAborted()
    const manifest = await effects.writeManifest(staging, {
      out,
      name: release.name,
      source: release.where,
      simulated: false,
      ...('archive' in release && { archive: archiveOf(release.archive, prefix) }),
      partition,
      log,
      check: async (folder, written) => {
        const start = effects.now()
        assertSameNames(summary.sums, await sumWrittenPaths(folder, written))
        log(`every path is in the manifest (${((effects.now() - start) / 1000).toFixed(1)} s)`)
        // The last moment at which the old manifest can stay.
        options.signal?.throwIfAborted()
      },
    })
    return { ...summary, manifest }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw diskError(error, out)
  } finally {
    options.signal?.removeEventListener('abort', interrupt)
    await staging?.dispose()
  }
}

function assertSameNames(read: PathSums, written: PathSums): void {
  for (const kind of ['images', 'masks'] as const)
    if (String(read[kind]) !== String(written[kind]))
      throw new Error(
        `ingest is at fault: the names of the ${kind} written are not the names read ` +
          `(checksums ${written[kind]} and ${read[kind]}); the manifest was not replaced; please report this`,
      )
}

/**
 * Fill the staging tables from a release: the part of `ingestRelease` before the manifest.
 *
 * @throws as `ingestRelease`, and Error if a key or a mask is neither a row nor a reject.
 */
export async function stageRelease(
  release: ReleaseSource | ArchiveSource,
  { engine, dir }: Staging,
  options: Partial<IngestOptions> = {},
  now: () => number = () => performance.now(),
): Promise<Omit<IngestSummary, 'manifest'> & { readonly prefix: string }> {
  const { log = () => {} } = options
  const isArchive = 'archive' in release
  const { seen, sums, content } = isArchive
    ? await readBoth(release, { engine, dir }, options, now)
    : { ...(await readRows(engine, release, false, options, now)), content: null }
  if (content) await matchArchive(engine, content, log)
  await resolveRows(engine, log, isArchive)
  await describeDatasets(engine)
  await dropRawTables(engine)
  await dropWorkTables(engine)
  const { images, masks } = await accountFor(engine, seen)
  const rejects = await rejectCounts(engine)
  if (seen.images === 0) {
    const index = content ? content.index : (release as ReleaseSource).index
    throw new UserError(
      `${index?.where ?? release.where}: lists no images; is it the release's index?`,
    )
  }
  if (images === 0)
    throw new UserError(
      `${release.where}: not one image was accepted (${inWords(rejects)}); are index and class map of the same release?`,
    )
  const { prefix = '', others = null } = content ?? {}
  return { images, masks, seen, sums, rejects, others, prefix }
}

/** Directory and index of an archive at the same time: into `entries` and the raw tables. */
async function readBoth(
  release: ArchiveSource,
  { engine, dir }: Pick<Staging, 'engine' | 'dir'>,
  options: Partial<IngestOptions>,
  now: () => number,
) {
  const { onDirectory = () => {}, signal } = options
  const stop = new AbortController()
  const onAbort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  const path = entriesPath(dir)
  const { listing, content } = readArchive(path, release, onDirectory, stop.signal)
  // Whichever fails first ends the other one.
  content.catch(error => stop.abort(error))
  try {
    const first = await listing
    let rows = first.index ? await readRows(engine, first, true, options, now) : null
    const whole = await content
    await attachEntries(engine, path)
    if (rows && first.id !== whole.id) {
      await dropRawTables(engine)
      await engine.run('DELETE FROM rejects')
      rows = null
    }
    rows ??= await readRows(engine, whole, true, options, now)
    return { ...rows, content: whole }
  } catch (error) {
    stop.abort(error)
    // The thread must have ended before its folder goes.
    await content.catch(() => {})
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Index, or the staged names in its place, and class map → the raw tables and rejects. */
async function readRows(
  engine: NodeEngine,
  { index, classMap: classFile }: Pick<ArchiveListing, 'index' | 'classMap'>,
  keyed: boolean,
  { log = () => {}, onRead = () => {}, signal }: Partial<IngestOptions>,
  now: () => number,
): Promise<Pick<IngestSummary, 'seen' | 'sums'>> {
  const { classMap, rejects } = await readClassMap(classFile)
  const numbers = await createRawTables(engine, classMap, keyed)
  // In one transaction: each block of rows would wait for the disk otherwise.
  await engine.run('BEGIN')
  const stager = await IndexStager.open(engine, numbers, keyed)
  const { seen, sums } = stager
  try {
    for (const reject of rejects) stager.badClass(reject)
    const start = now()
    const onChunk = (bytes: number) => {
      signal?.throwIfAborted()
      onRead(bytes, index?.bytes ?? null)
    }
    if (index) await readIndex(index, stager, onChunk)
    else await stageNames(engine, stager)
    const seconds = ((now() - start) / 1000).toFixed(1)
    const from = index ? 'read' : 'found by their names, for there is no index'
    log(`${countOf(seen.images, 'image')}, ${countOf(seen.masks, 'mask')} ${from} (${seconds} s)`)
  } finally {
    stager.close()
  }
  await engine.run('COMMIT')
  return { seen, sums }
}

/** Accepted rows; throws if they and the rejects do not add up to what was read. */
async function accountFor(engine: NodeEngine, seen: InputCounts): Promise<InputCounts> {
  const [row] = await engine.rows<InputCounts & { badImages: number; badMasks: number }>(sql`
    SELECT (SELECT count(*) FROM stage_images)::DOUBLE AS images,
      (SELECT count(*) FROM stage_masks)::DOUBLE AS masks,
      (SELECT count(*) FROM rejects WHERE kind = 'image')::DOUBLE AS "badImages",
      (SELECT count(*) FROM rejects WHERE kind = 'mask')::DOUBLE AS "badMasks"`)
  const { images, masks, badImages, badMasks } = row as NonNullable<typeof row>
  if (images + badImages !== seen.images || masks + badMasks !== seen.masks)
    throw new Error(
      `ingest lost count: of ${seen.images} images ${images} accepted and ${badImages} rejected, ` +
        `of ${seen.masks} masks ${masks} and ${badMasks}`,
    )
  return { images, masks }
}

async function rejectCounts(engine: NodeEngine): Promise<Record<string, number>> {
  const rows = await engine.rows<{ reason: string; n: number }>(
    sql`SELECT reason, count(*)::DOUBLE AS n FROM rejects GROUP BY reason ORDER BY n DESC, reason`,
  )
  return Object.fromEntries(rows.map(({ reason, n }) => [reason, n]))
}

const inWords = (rejects: Readonly<Record<string, number>>): string =>
  Object.entries(rejects)
    .map(([reason, n]) => `${reason}: ${formatCount(n)}`)
    .join(', ')
