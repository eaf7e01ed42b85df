import { availableParallelism } from 'node:os'
import type { HttpOptions } from '../archive/http-request'
import { UserError } from '../errors'
import { countOf } from '../format'
import { openRowEngine } from '../images/row-engine.node.ts'
import type { Manifest } from '../manifest/manifest'
import { placeName } from '../manifest/place-name'
import { TABLE_NAMES } from '../manifest/tables'
import { diskError } from '../store/disk-error'
import { assertTables } from '../store/intact-files.node.ts'
import { removeAbandoned } from '../store/partial-folder.node.ts'
import { isPartitioned } from '../store/partitions.node.ts'
import { type ManifestFolder, readManifest } from '../store/read-manifest.node.ts'
import { openStaging } from '../store/staging.node.ts'
import { writeManifest } from '../store/write-manifest.node.ts'
import type { Job } from './messages'
import { joinOutside, type OutsideLinks, outsideText } from './outside-links.node.ts'
import { listParts } from './part-file.node.ts'
import { holdPartialFolder, removeStale } from './partial-folder.node.ts'
import { planBatches, planRetried } from './plan-batches.node.ts'
import { runBatches } from './run-batches.node.ts'
import { openSource } from './source.node.ts'
import { NothingFound, stageParts } from './stage-parts.node.ts'

export interface MeasureOptions {
  /** Measure only width and height of images, from the first bytes of the files. */
  readonly sizeOnly?: boolean
  /** Re-measure images that already have values. */
  readonly again?: boolean
  /** Folders outside the release folder that links may lead to. */
  readonly allowRoots?: readonly string[]
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
  /** Called with the number of pictures that this run has processed so far, and in total. */
  readonly onPictures?: (done: number, total: number) => void
  /** Number of decoding threads. */
  readonly threads?: number
  /** Images per part file. */
  readonly batchImages?: number
  /** Timeouts and retries for an archive over HTTP. */
  readonly http?: HttpOptions
}

export interface MeasureSummary {
  readonly manifest: Manifest
  /** False if everything was already measured. */
  readonly changed: boolean
  /** Number of pictures that this run processed. Pictures of an earlier, interrupted run do not count. */
  readonly pictures: number
  /** Message about links that this run did not follow, with the option that allows them; null if there were none. */
  readonly outside: string | null
}

/** Images per batch. A batch takes a few seconds, and is lost if the process is killed. */
const BATCH_IMAGES = 256

/** If none of this many pictures could be measured, stop: the store probably does not belong to the manifest. */
const HOPELESS_PICTURES = 2_000

/**
 * Measure a manifest from the pixels: sizes of images, areas and boxes of masks, and flags of both. Measures are
 * written to part files beside the manifest, so an interrupted run can be resumed. The manifest does not change until
 * everything is measured, and is then replaced in one step. If the manifest is already measured, only the pictures of
 * `retriedSql` are tried again.
 *
 * @param place Release folder, or the ZIP of the manifest's locator (path or URL).
 * @throws UserError if the place has no pictures to measure, or the store or the disk fails; the signal's reason after
 *   an abort.
 */
export async function measure(
  folder: ManifestFolder,
  place: string,
  options: MeasureOptions = {},
): Promise<MeasureSummary> {
  const { manifest, dir } = folder
  const { sizeOnly = false, again = false } = options
  if (manifest.simulated)
    throw new UserError(
      `${dir}: is simulated and has no pictures; measure a manifest that the command ingest wrote`,
    )
  const before = manifest.measured?.what
  if (sizeOnly && again && before === 'pixels')
    throw new UserError(
      `${dir}: has areas and boxes, which --size-only would remove; measure without --size-only`,
      2,
    )
  try {
    await removeStale(dir, manifest.id)
    await removeAbandoned(dir)
    if (isMeasured(manifest, options))
      return { manifest, changed: false, pictures: 0, outside: null }
    return await measureAll(folder, place, sizeOnly, options)
  } catch (error) {
    options.signal?.throwIfAborted()
    throw diskError(error, dir)
  }
}

/** Whether nothing is left to measure with these options. */
export function isMeasured(
  manifest: Manifest,
  options: Pick<MeasureOptions, 'sizeOnly' | 'again'>,
): boolean {
  const { sizeOnly = false, again = false } = options
  const { measured } = manifest
  const has = measured?.what === 'pixels' || (sizeOnly && measured?.what === 'sizes')
  return has && !again && !isRetry(manifest, options)
}

/** Whether only the pictures of `retriedSql` remain, after an earlier run of the same kind. */
function isRetry(
  { measured }: Manifest,
  { sizeOnly = false, again = false }: Pick<MeasureOptions, 'sizeOnly' | 'again'>,
): boolean {
  const isSameKind = measured?.what === (sizeOnly ? 'sizes' : 'pixels')
  return !again && isSameKind && (measured?.notMeasured ?? []).length > 0
}

async function measureAll(
  folder: ManifestFolder,
  place: string,
  sizeOnly: boolean,
  options: MeasureOptions,
): Promise<MeasureSummary> {
  const { batchImages = BATCH_IMAGES, log = () => {}, allowRoots = [] } = options
  const retry = isRetry(folder.manifest, options)
  const { waitAtMostMs } = options.http ?? {}
  const { store, close } = await openSource({ folder, place, allowRoots, retry }, options.http)
  await close()
  const partial = await holdPartialFolder(folder.dir, {
    manifestId: folder.manifest.id,
    store: store.identity,
    sizeOnly,
    retry,
    batchImages,
  })
  try {
    const { identity, source } = store
    const job = {
      folder,
      place,
      allowRoots,
      identity,
      dir: partial.dir,
      sizeOnly,
      retry,
      waitAtMostMs,
    }
    const { pictures, outside } = await fillParts(job, batchImages, options)
    const manifest = await publish(job, source, log)
    await partial.remove()
    return { manifest, changed: true, pictures, outside: outsideText(outside) }
  } catch (error) {
    if (error instanceof NothingFound) await partial.remove()
    throw error
  } finally {
    await partial.release()
  }
}

/** Measure the batches that have no part file yet. */
async function fillParts(
  job: Job,
  batchImages: number,
  { signal, log = () => {}, onPictures = () => {}, threads, http }: MeasureOptions,
): Promise<{ pictures: number; outside: OutsideLinks }> {
  const { retry, sizeOnly } = job
  const engine = await openRowEngine(
    job.folder,
    retry ? (['images', 'masks', 'quality'] as const) : (['images'] as const),
  )
  const plan = retry ? planRetried : planBatches
  const planned = await plan(engine, batchImages, sizeOnly)
  engine.close()
  const have = new Set((await listParts(job.dir)).map(({ from }) => from))
  const left = planned.filter(({ from }) => !have.has(from))
  const kept = planned.filter(({ from }) => have.has(from))
  if (kept.length > 0)
    log(
      `Resuming an earlier run: the pictures of ${countOf(sum(kept, 'images'), 'image')} are already measured`,
    )
  const total = sum(left, 'pictures')
  if (retry) log(`Trying ${countOf(total, 'picture')} again that could not be measured before`)
  let done = 0
  const seen = { pictures: 0, measured: 0 }
  const outside: OutsideLinks = new Map()
  await runBatches(job, left, {
    threads: threads ?? availableParallelism(),
    ...(signal && { signal }),
    http,
    onPictures(pictures) {
      done += pictures
      onPictures(done, total)
    },
    onBatch({ pictures, measured, outside: found }) {
      seen.pictures += pictures
      seen.measured += measured
      joinOutside(outside, found)
      const isHopeless = seen.pictures >= HOPELESS_PICTURES || seen.pictures === total
      if (!retry && kept.length === 0 && seen.measured === 0 && isHopeless)
        throw new NothingFound(
          `${job.place}: none of ${countOf(seen.pictures, 'picture')} could be measured; ${outsideText(outside) ?? `is this the release that ${job.folder.dir} was built from?`}`,
        )
    },
  })
  return { pictures: total, outside }
}

async function publish(
  { folder, dir: parts, sizeOnly, retry }: Job,
  source: string,
  log: (line: string) => void,
): Promise<Manifest> {
  const { dir, manifest } = folder
  const now = await readManifest(dir)
  if (now.manifest.id !== manifest.id)
    throw new UserError(`${dir}: was rewritten while it was being measured; measure again`)
  const staging = await openStaging(dir)
  try {
    await assertTables(now, now.manifest.files.locator ? [...TABLE_NAMES, 'locator'] : TABLE_NAMES)
    await stageParts(staging.engine, now, parts, { sizeOnly, retry })
    const { name, source: origin } = now.manifest
    return await writeManifest(staging, {
      out: dir,
      name,
      source: origin,
      simulated: false,
      measured: {
        what: sizeOnly ? 'sizes' : 'pixels',
        // A retry keeps the first place, because nearly all pictures were read there.
        source: (retry ? now.manifest.measured?.source : null) ?? placeName(source),
      },
      locatorOf: now.manifest,
      partition: isPartitioned(now.manifest),
      log,
    })
  } finally {
    await staging.dispose()
  }
}

const sum = <Key extends string>(rows: readonly Record<Key, number>[], key: Key): number =>
  rows.reduce((total, row) => total + row[key], 0)
