import { openArchive } from '../archive/open-archive.node.ts'
import { archiveOf } from '../locator/archive-of'
import type { Manifest } from '../manifest/manifest'
import { diskError } from '../store/disk-error'
import { limitMemory, openStaging, type Staging } from '../store/staging.node.ts'
import { writeManifest } from '../store/write-manifest.node.ts'
import { type ArchiveSource, archiveSource, namesArchive } from './archive-release.node.ts'
import type { PathSums } from './path-sum'
import { openRelease, type ReleaseSource } from './release-source.node.ts'
import { type ReadOptions, type StagedRelease, stageRelease } from './stage-release.node.ts'
import { sumWrittenPaths } from './written-paths.node.ts'

export interface IngestOptions extends ReadOptions {
  /** Folder of the manifest. */
  readonly out: string
  /** Give the large tables a file for each modality and dataset. */
  readonly partition?: boolean
}

export interface IngestSummary extends Omit<StagedRelease, 'prefix'> {
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
        // The files are read by another engine, and this one is done.
        await limitMemory(engine, 'appending')
        assertSameNames(summary.sums, await sumWrittenPaths(folder, written))
        log(
          `every path checked against the manifest (${((effects.now() - start) / 1000).toFixed(1)} s)`,
        )
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
        `a bug in ingest: the names of the ${kind} written are not the names read ` +
          `(checksums ${written[kind]} and ${read[kind]}); the manifest was not replaced; please report this`,
      )
}
