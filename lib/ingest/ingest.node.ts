import type { Archive } from '../archive/archive'
import type { HttpOptions } from '../archive/http-request'
import { namesArchive } from '../archive/piece-names'
import { archiveOf } from '../locator/archive-of'
import type { Manifest } from '../manifest/manifest'
import { diskError } from '../store/disk-error'
import { limitMemory, openStaging, type Staging } from '../store/staging.node.ts'
import { writeManifest } from '../store/write-manifest.node.ts'
import { type ArchiveSource, archiveSource } from './archive-release.node.ts'
import type { PathSums } from './path-sum'
import { openRelease, type ReleaseSource } from './release-source.node.ts'
import { type ReadOptions, type StagedRelease, stageRelease } from './stage-release.node.ts'
import { type Transfer, withArchive } from './with-archive.node.ts'
import { sumWrittenPaths } from './written-paths.node.ts'

export interface IngestOptions extends ReadOptions {
  /** Folder of the manifest. */
  readonly out: string
  /** Write one file per modality and dataset for the large tables. */
  readonly partition?: boolean
  /** How reads over HTTP are sent and repeated. */
  readonly http?: HttpOptions
  /** Called with an archive that was opened, before it is read. */
  readonly onArchive?: (archive: Archive) => void | Promise<void>
}

export interface IngestSummary extends Omit<StagedRelease, 'prefix'> {
  readonly manifest: Manifest
  /** What reading over HTTP has cost; null for files on disk. */
  readonly transfer: Transfer | null
}

const realEffects = { openStaging, writeManifest, now: () => performance.now() }
export type IngestEffects = typeof realEffects

/**
 * Make a manifest from the index and class map of a release; for an archive, with the place and size of every file.
 * Sizes in px and areas stay NULL until `measure` fills them. Before the manifest is published, its files are read
 * again: the names of all rows and rejects must be the paths that were read. If anything fails, the folder `out` is
 * unchanged and the staging folder is removed; what was read over HTTP is kept as `withArchive` says.
 *
 * @param source The release's folder, its index, its archive's `.zip` (path or http(s) URL), or an
 *   opened source.
 * @throws UserError if a file does not exist or is damaged, if no input is accepted, or if the disk is full or
 *   fails.
 */
export async function ingestRelease(
  source: string | ReleaseSource | ArchiveSource,
  options: IngestOptions,
  effects: IngestEffects = realEffects,
): Promise<IngestSummary> {
  if (typeof source !== 'string') return ingestOpened(source, options, effects)
  if (!namesArchive(source)) return ingestOpened(await openRelease(source), options, effects)
  return withArchive(source, options, (archive, transfer) =>
    ingestOpened(archiveSource(archive), options, effects, transfer),
  )
}

async function ingestOpened(
  release: ReleaseSource | ArchiveSource,
  options: IngestOptions,
  effects: IngestEffects,
  transfer: Transfer | null = null,
): Promise<IngestSummary> {
  const { out, log = () => {}, partition = false } = options
  let staging: Staging | null = null
  const interrupt = () => staging?.engine.connection.interrupt()
  options.signal?.addEventListener('abort', interrupt, { once: true })
  try {
    staging = await effects.openStaging(out)
    const { engine } = staging
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
        // Another engine reads the files; this one needs no memory any more.
        await limitMemory(engine, 'appending')
        assertSameNames(summary.sums, await sumWrittenPaths(folder, written))
        log(
          `every path checked against the manifest (${((effects.now() - start) / 1000).toFixed(1)} s)`,
        )
        // The last chance to keep the old manifest.
        options.signal?.throwIfAborted()
      },
    })
    return { ...summary, manifest, transfer }
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
        `a bug in ingest: the names of the ${kind} written are not the names read ` +
          `(checksums ${written[kind]} and ${read[kind]}); the manifest was not replaced; please report this`,
      )
}
