import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Archive } from '../lib/archive/archive'
import { namesArchive } from '../lib/archive/piece-names'
import { UserError } from '../lib/errors'
import { countOf, formatBytes, formatCount } from '../lib/format'
import {
  type IngestSummary,
  ingestRelease,
  type IngestOptions as LibOptions,
} from '../lib/ingest/ingest.node.ts'
import { planArchive, planIngest, planText } from '../lib/ingest/plan-ingest.node.ts'
import { filesOf } from '../lib/manifest/files-of'
import { REJECT_REASONS } from '../lib/release/reject-reasons'
import type { Effects } from './effects'
import { httpOptions } from './http-options'
import { jsonText } from './json-text'
import { withPartialFolders } from './partial-folders'
import { progressOf } from './progress'

export interface IngestOptions {
  readonly out: string
  /** Write one file per modality and dataset, so that other programs can read only some. */
  readonly partition?: boolean
  /** Measure the pictures afterwards, from the same folder or archive. */
  readonly measure?: boolean
  /** Further folders that links of a release folder may lead into. */
  readonly allowRoot?: readonly string[]
  /** Print what would be read, and write nothing. */
  readonly dryRun?: boolean
  /** Fail, after writing the manifest, if any input was rejected. */
  readonly strict?: boolean
  /** Write the manifest even if most inputs were rejected. */
  readonly allowRejects?: boolean
  /** Read class ids such as 3, "3" or " 0003" as "0003". */
  readonly padClassIds?: boolean
  /** Print the result as JSON. */
  readonly json?: boolean
  /** Maximum time to wait for a server, in ms. */
  readonly waitAtMost?: number
}

type Write = (
  source: string,
  options: LibOptions,
) => Promise<
  Pick<IngestSummary, 'seen' | 'rejects' | 'manifest'> &
    Partial<Pick<IngestSummary, 'others' | 'transfer'>>
>

/**
 * `samed2d ingest`: describes a release as a manifest.
 *
 * @throws UserError as `ingestRelease`, and with `strict` if any input was rejected.
 */
export async function ingest(
  source: string,
  options: IngestOptions,
  effects: Effects,
  write: Write = ingestRelease,
): Promise<void> {
  const { out, measure = false, dryRun = false, strict = false, json = false } = options
  const { partition = false, allowRoot = [] } = options
  const dir = resolve(out)
  if (measure && source.endsWith('.json'))
    throw new UserError(
      `${source}: an index has no pictures to measure; give the release's folder or its archive`,
      2,
    )
  if (!measure && allowRoot.length > 0)
    throw new UserError(
      `--allow-root ${allowRoot[0]}: only pictures are read through links; add --measure, or leave out --allow-root`,
      2,
    )
  const http = httpOptions(effects, options.waitAtMost)
  if (dryRun) {
    const plan = await planIngest(source, dir, effects.signal, http)
    return effects.write(json ? jsonText(plan) : planText(plan))
  }
  const start = effects.now()
  const { onRead, onDirectory } = readingProgress(effects, namesArchive(source))
  const { signal, log } = effects
  const onArchive = async (archive: Archive) =>
    log(planText(await planArchive(archive, dir, signal)).trimEnd())
  const accepting: RejectOptions = {
    oddClassIds: options.padClassIds ? 'pad' : options.allowRejects ? 'reject' : 'refuse',
    maxRejected: options.allowRejects ? 1 : MAX_REJECTED,
  }
  const {
    seen,
    rejects,
    others = null,
    transfer = null,
    manifest,
  } = await untilInterrupted(effects, () =>
    withPartialFolders(dir, effects, () =>
      write(source, {
        out: dir,
        partition,
        log,
        onRead,
        onDirectory,
        onArchive,
        http,
        signal,
        ...accepting,
      }),
    ),
  )
  const seconds = (effects.now() - start) / 1000
  const rejected = Object.values(rejects).reduce((sum, n) => sum + n, 0)
  const result = {
    manifest: dir,
    id: manifest.id,
    totals: manifest.summary.totals,
    seen,
    rejected,
    rejects,
    others,
    transfer,
    rejectsFile: filesOf(manifest, 'rejects')[0]?.file ?? '',
    seconds,
    masksPerSecond: Math.round(seen.masks / Math.max(seconds, 0.001)),
  }
  effects.write(json ? jsonText(result) : inWords(result))
  if (measure) {
    const { measure: measureAll } = await import('./measure')
    const { waitAtMost } = options
    await measureAll(
      {
        manifest: dir,
        images: source,
        json: false,
        allowRoot,
        ...(waitAtMost !== undefined && { waitAtMost }),
      },
      { ...effects, write: log },
    )
  }
  if (strict && rejected > 0)
    throw new UserError(
      `${source}: ${countOf(rejected, 'input')} rejected, and --strict allows none; the manifest was written`,
    )
}

/** Share of the images, and of the masks, above which an ingest fails: most of the release would be lost. */
const MAX_REJECTED = 0.5

type RejectOptions = Required<Pick<LibOptions, 'oddClassIds' | 'maxRejected'>>

/** Time for a thread or a statement to end. */
const THREADS_MS = 3_000

/** Wait for threads to end: ending a thread within native code would crash the process. */
async function untilInterrupted<Result>(
  effects: Effects,
  work: () => Promise<Result>,
): Promise<Result> {
  const running = work()
  const forget = effects.onInterrupt(() =>
    Promise.race([running.then(ignore, ignore), wait(THREADS_MS, undefined, { ref: false })]),
  )
  return running.finally(forget)
}

const ignore = () => {}

/**
 * Progress bars, one at a time: first that of the directory, then that of the index, which is read at the same
 * time.
 */
function readingProgress(
  effects: Effects,
  hasDirectory: boolean,
): Required<Pick<LibOptions, 'onRead' | 'onDirectory'>> {
  const index = progressOf(effects, { label: 'Reading the index', unit: 'MB', scale: 1e6 })
  const directory = progressOf(effects, { label: 'Reading the directory', unit: 'MB', scale: 1e6 })
  let isShown = !hasDirectory
  return {
    onRead: (done, total) => index(done, total, isShown),
    onDirectory(done, total) {
      directory(done, total)
      isShown = done >= total
    },
  }
}

function inWords({
  manifest,
  totals,
  rejected,
  rejects,
  others,
  transfer,
  rejectsFile,
  seconds,
  masksPerSecond,
}: {
  readonly manifest: string
  readonly totals: IngestSummary['manifest']['summary']['totals']
  readonly rejected: number
  readonly rejects: IngestSummary['rejects']
  readonly others: IngestSummary['others']
  readonly transfer: IngestSummary['transfer']
  readonly rejectsFile: string
  readonly seconds: number
  readonly masksPerSecond: number
}): string {
  const lines = [
    `${manifest}: ${countOf(totals.images, 'image')}, ${countOf(totals.masks, 'mask')}, ` +
      `${countOf(totals.datasets, 'dataset')} in ${seconds.toFixed(1)} s ` +
      `(${formatCount(masksPerSecond)} masks/s)`,
  ]
  if (rejected === 0) lines.push('no input was rejected')
  else {
    lines.push(`${countOf(rejected, 'input')} rejected, each listed in ${rejectsFile}:`)
    const width = formatCount(Math.max(...Object.values(rejects))).length
    const reasons: Readonly<Record<string, string>> = REJECT_REASONS
    for (const [reason, n] of Object.entries(rejects))
      lines.push(`  ${formatCount(n).padStart(width)}  ${reason}: ${reasons[reason]}`)
  }
  if (others && others.count > 0)
    lines.push(
      `${countOf(others.count, 'other file')} in the archive that are not part of a release: ${others.first.join(', ')}${others.count > others.first.length ? ', …' : ''}`,
    )
  if (transfer)
    lines.push(
      `${countOf(transfer.requests, 'request')}, ${transfer.retries} of them repeated; ${formatBytes(transfer.bytes)} received${transfer.reused > 0 ? `, ${formatBytes(transfer.reused)} from an earlier run` : ''}`,
    )
  return `${lines.join('\n')}\n`
}
