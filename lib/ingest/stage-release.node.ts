import type { NodeEngine } from '../engine/duckdb.node.ts'
import { UserError } from '../errors'
import { countOf, formatCount } from '../format'
import { attachEntries, entriesPath } from '../locator/attach-entries.node.ts'
import { sql } from '../sql'
import { limitMemory, type Staging } from '../store/staging.node.ts'
import {
  type ArchiveContent,
  type ArchiveListing,
  type ArchiveSource,
  readArchive,
} from './archive-release.node.ts'
import { describeDatasets } from './describe-datasets.node.ts'
import { matchArchive } from './match-archive.node.ts'
import type { PathSums } from './path-sum'
import { createRawTables, dropRawTables } from './raw-tables.node.ts'
import { type OddClassIds, readClassMap } from './read-class-map.node.ts'
import { readIndex } from './read-index.node.ts'
import type { ReleaseSource } from './release-source.node.ts'
import { dropWorkTables, resolveRows } from './resolve-rows.node.ts'
import { IndexStager, type InputCounts } from './stage-index.node.ts'
import { stageNames } from './stage-names.node.ts'

export interface ReadOptions {
  readonly log?: (line: string) => void
  /** Called with the bytes of the index that are read, and its size (null if unknown). */
  readonly onRead?: (bytes: number, totalBytes: number | null) => void
  /** Called with the bytes of an archive's directory that are read, and its size. */
  readonly onDirectory?: (bytes: number, totalBytes: number) => void
  readonly signal?: AbortSignal
  /** What becomes of class ids that are not four digits; `reject` if not given. */
  readonly oddClassIds?: OddClassIds
  /** Share of the images, and of the masks, that may be rejected, 0 to 1; any share if not given. */
  readonly maxRejected?: number
}

/** Content of a release, accepted or rejected. */
export interface StagedRelease {
  /** Accepted images. */
  readonly images: number
  readonly masks: number
  /** Number of all keys of the index and of all elements of their lists, accepted or rejected. */
  readonly seen: InputCounts
  /** Sums over those keys and elements. */
  readonly sums: PathSums
  /** Number of rejects by reason code. */
  readonly rejects: Readonly<Record<string, number>>
  /** Files of an archive that do not belong to a release; null without an archive. */
  readonly others: ArchiveContent['others'] | null
  /** Folder of the release within its archive, with its slash; empty for the top, or without an archive. */
  readonly prefix: string
}

/**
 * Fill the staging tables from a release: rows in final order, and rejects.
 *
 * @throws as `ingestRelease`, and Error if a key or a mask is neither a row nor a reject.
 */
export async function stageRelease(
  release: ReleaseSource | ArchiveSource,
  { engine, databases }: Staging,
  options: ReadOptions = {},
  now: () => number = () => performance.now(),
): Promise<StagedRelease> {
  const { log = () => {} } = options
  const isArchive = 'archive' in release
  const { seen, sums, content } = isArchive
    ? await readBoth(release, { engine, databases }, options, now)
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
      `${release.where}: every image was rejected (${inWords(rejects)}); are the index and the class map from the same release?`,
    )
  assertEnough(release.where, seen, { images, masks }, rejects, options.maxRejected ?? 1)
  const { prefix = '', others = null } = content ?? {}
  return { images, masks, seen, sums, rejects, others, prefix }
}

/** @throws UserError if more than a share of the images, or of the masks, was rejected. */
function assertEnough(
  where: string,
  seen: InputCounts,
  accepted: InputCounts,
  rejects: Readonly<Record<string, number>>,
  maxRejected: number,
): void {
  for (const kind of ['images', 'masks'] as const) {
    const lost = seen[kind] - accepted[kind]
    if (lost > maxRejected * seen[kind])
      throw new UserError(
        `${where}: ${formatCount(lost)} of ${formatCount(seen[kind])} ${kind} were rejected (${inWords(rejects)}); are the index and the class map from the same release? Nothing was written; --allow-rejects writes the manifest with what is left`,
      )
  }
}

/** Read directory and index of an archive at the same time, into `entries` and the raw tables. */
async function readBoth(
  release: ArchiveSource,
  { engine, databases }: Pick<Staging, 'engine' | 'databases'>,
  options: ReadOptions,
  now: () => number,
) {
  const { onDirectory = () => {}, signal } = options
  const stop = new AbortController()
  const onAbort = () => stop.abort(signal?.reason)
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  const path = entriesPath(databases)
  const { listing, content } = readArchive(path, release, onDirectory, stop.signal)
  // The first failure aborts the other reading.
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
    // The thread must end before its folder is removed.
    await content.catch(() => {})
    throw error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

/** Read index (or staged names) and class map into the raw tables and rejects. */
async function readRows(
  engine: NodeEngine,
  { index, classMap: classFile }: Pick<ArchiveListing, 'index' | 'classMap'>,
  keyed: boolean,
  { log = () => {}, onRead = () => {}, signal, oddClassIds }: ReadOptions,
  now: () => number,
): Promise<Pick<StagedRelease, 'seen' | 'sums'>> {
  const { classMap, rejects, padded } = await readClassMap(classFile, oddClassIds)
  if (padded.count > 0)
    log(`${countOf(padded.count, 'class id')} read as four digits, such as ${padded.first}`)
  const numbers = await createRawTables(engine, classMap, keyed)
  // One transaction; otherwise each block of rows would wait for the disk.
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
    if (index) {
      await limitMemory(engine, 'appending')
      await readIndex(index, stager, onChunk)
    } else await stageNames(engine, stager)
    const seconds = ((now() - start) / 1000).toFixed(1)
    const from = index ? 'read' : 'found by file name, since there is no index'
    log(`${countOf(seen.images, 'image')}, ${countOf(seen.masks, 'mask')} ${from} (${seconds} s)`)
  } finally {
    stager.close()
  }
  await engine.run('COMMIT')
  await limitMemory(engine, 'statements')
  return { seen, sums }
}

/** Numbers of accepted rows. @throws Error unless accepted rows and rejects add up to all inputs. */
async function accountFor(engine: NodeEngine, seen: InputCounts): Promise<InputCounts> {
  const [row] = await engine.rows<InputCounts & { badImages: number; badMasks: number }>(sql`
    SELECT (SELECT count(*) FROM stage_images)::DOUBLE AS images,
      (SELECT count(*) FROM stage_masks)::DOUBLE AS masks,
      (SELECT count(*) FROM rejects WHERE kind = 'image')::DOUBLE AS "badImages",
      (SELECT count(*) FROM rejects WHERE kind = 'mask')::DOUBLE AS "badMasks"`)
  const { images, masks, badImages, badMasks } = row as NonNullable<typeof row>
  if (images + badImages !== seen.images || masks + badMasks !== seen.masks)
    throw new Error(
      `a bug in ingest: of ${seen.images} images ${images} accepted and ${badImages} rejected, ` +
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
