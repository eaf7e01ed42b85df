import { resolve } from 'node:path'
import { UserError } from '../lib/errors'
import { countOf, formatCount } from '../lib/format'
import {
  type IngestSummary,
  ingestRelease,
  type IngestOptions as LibOptions,
} from '../lib/ingest/ingest.node.ts'
import { fileOf } from '../lib/manifest/file-of'
import { REJECT_REASONS } from '../lib/release/reject-reasons'
import type { Effects } from './effects'
import { withPartialFolders } from './partial-folders'
import { progressOf } from './progress'

export interface IngestOptions {
  readonly out: string
  /** Fail, after writing the manifest, if any input was not accepted. */
  readonly strict?: boolean
  /** Result as JSON. */
  readonly json?: boolean
}

type Write = (
  source: string,
  options: Pick<LibOptions, 'out' | 'log' | 'onRead'>,
) => Promise<Pick<IngestSummary, 'seen' | 'rejects' | 'manifest'>>

/**
 * `samed2d ingest`: describes a release as a manifest.
 *
 * @throws UserError as `ingestRelease`, and under `strict` if anything was not accepted.
 */
export async function ingest(
  source: string,
  { out, strict = false, json = false }: IngestOptions,
  effects: Effects,
  write: Write = ingestRelease,
): Promise<void> {
  const dir = resolve(out)
  const start = effects.now()
  const onRead = progressOf(effects, { label: 'Reading the index', unit: 'MB', scale: 1e6 })
  const { seen, rejects, manifest } = await withPartialFolders(dir, effects, () =>
    write(source, { out: dir, log: effects.log, onRead }),
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
    rejectsFile: fileOf(manifest, 'rejects').file,
    seconds,
    masksPerSecond: Math.round(seen.masks / Math.max(seconds, 0.001)),
  }
  effects.write(json ? `${JSON.stringify(result, null, 2)}\n` : inWords(result))
  if (strict && rejected > 0)
    throw new UserError(
      `${source}: ${countOf(rejected, 'input')} not accepted, and --strict allows none; the manifest is written`,
    )
}

function inWords({
  manifest,
  totals,
  rejected,
  rejects,
  rejectsFile,
  seconds,
  masksPerSecond,
}: {
  readonly manifest: string
  readonly totals: IngestSummary['manifest']['summary']['totals']
  readonly rejected: number
  readonly rejects: IngestSummary['rejects']
  readonly rejectsFile: string
  readonly seconds: number
  readonly masksPerSecond: number
}): string {
  const lines = [
    `${manifest}: ${countOf(totals.images, 'image')}, ${countOf(totals.masks, 'mask')}, ` +
      `${countOf(totals.datasets, 'dataset')} in ${seconds.toFixed(1)} s ` +
      `(${formatCount(masksPerSecond)} masks/s)`,
  ]
  if (rejected === 0) lines.push('every input was accepted')
  else {
    lines.push(`${countOf(rejected, 'input')} not accepted, each listed in ${rejectsFile}:`)
    const width = formatCount(Math.max(...Object.values(rejects))).length
    const reasons: Readonly<Record<string, string>> = REJECT_REASONS
    for (const [reason, n] of Object.entries(rejects))
      lines.push(`  ${formatCount(n).padStart(width)}  ${reason}: ${reasons[reason]}`)
  }
  return `${lines.join('\n')}\n`
}
