import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Archive } from '../lib/archive/archive'
import { openArchive } from '../lib/archive/open-archive.node.ts'
import { FAMILIES } from '../lib/catalog/known-defects'
import { UserError } from '../lib/errors'
import { countOf, formatBytes } from '../lib/format'
import { parseSize } from '../lib/http/system-cache.node.ts'
import { type OpenManifest, openManifest } from '../lib/store/open-manifest.node.ts'
import { type FetchResult, fetchFiles } from '../lib/subset/fetch/fetch-files.node.ts'
import { folderSink } from '../lib/subset/fetch/folder-sink.node.ts'
import type { Sink } from '../lib/subset/fetch/sink'
import { tarSink } from '../lib/subset/fetch/tar-sink.node.ts'
import {
  type Wanted,
  wantedOfPaths,
  wantedOfSubset,
} from '../lib/subset/fetch/wanted-files.node.ts'
import { zipSink } from '../lib/subset/fetch/zip-sink.node.ts'
import { listedPaths } from '../lib/subset/listed-paths'
import { namedSide } from '../lib/subset/side'
import { openSubset } from '../lib/subset/write-subset.node.ts'
import type { Effects } from './effects'
import { type FetchTexts, fetchTexts, NO_TEXTS } from './fetch-texts'
import { progressOf, startProgress } from './progress'
import { credits, firstGiven, pinned, type RecipeOptions, recipeFrom } from './subset'

/** What files are fetched into. */
const FORMS = ['folder', 'tar', 'zip'] as const
type Form = (typeof FORMS)[number]

export interface FetchCommandOptions extends RecipeOptions {
  readonly archive: string
  readonly out: string
  readonly form?: string
  /** Of a split, the one that is fetched. */
  readonly side?: string
  /** As `parseSize` reads it. */
  readonly shardBytes?: string
  readonly shardSamples?: number
  readonly manifest?: string
  readonly parallel: number
  readonly dryRun?: boolean
  readonly json?: boolean
}

/**
 * `samed2d fetch`: downloads the files of a subset out of the split ZIP, and no others.
 *
 * @throws UserError if some file could not be had; what could is there.
 */
export async function fetch(options: FetchCommandOptions, effects: Effects): Promise<void> {
  const form = formOf(options)
  assertNotIdle(form, options)
  const { archive: location, manifest: dir } = options
  const { signal } = effects
  const opened = dir === undefined ? null : await openManifest(dir)
  let archive: Archive | null = null
  try {
    const facts = opened?.manifest.archive
    archive = await openArchive(location, { signal, ...(facts && { facts }) })
    if (opened) await fetchSubset(archive, opened, form, options, effects)
    else await fetchListed(archive, form, options, effects)
  } finally {
    opened?.engine.close()
    await archive?.close()
  }
}

async function fetchSubset(
  archive: Archive,
  opened: OpenManifest,
  form: Form,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const recipe = pinned(await recipeFrom(options), opened, effects)
  const made = await openSubset(opened, recipe, FAMILIES, namedSide(options.side, recipe))
  const wanted = await wantedOfSubset(opened.engine, opened.manifest)
  if (options.dryRun) return sayPlan(archive, wanted, form, options, effects)
  const texts = await fetchTexts(made, credits(made, opened), opened.engine, form === 'tar')
  await fetchInto(archive, wanted, form, texts, options, effects)
}

async function fetchListed(
  archive: Archive,
  form: Form,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const { subset, where, sample, cap, split, side } = options
  if (subset === undefined)
    throw new UserError('fetch: give --subset FILE, or --manifest DIR and a filter', 2)
  const other = firstGiven({ where, sample, cap, split, side })
  if (other)
    throw new UserError(
      `--${other} chooses from a manifest; give --manifest too, or leave it out`,
      2,
    )
  const paths = listedPaths(await readFile(subset, 'utf8'), subset)
  const onProgress = progressOf(effects, {
    ...{ label: 'Reading the directory', unit: 'MB', scale: 1e6 },
  })
  const listed = await wantedOfPaths(archive, paths, onProgress, effects.signal)
  try {
    if (options.dryRun) sayPlan(archive, listed, form, options, effects)
    else await fetchInto(archive, listed, form, NO_TEXTS, options, effects)
  } finally {
    listed.close()
  }
}

async function fetchInto(
  archive: Archive,
  wanted: Wanted,
  form: Form,
  texts: FetchTexts,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  sayMissing(wanted, effects)
  effects.log(planText(archive, wanted))
  const progress = startProgress(effects, {
    ...{ label: 'Fetching', unit: 'files', total: wanted.files },
  })
  const sink = sinkOf(form, wanted, texts, options)
  const result = await fetchFiles(archive, sink, {
    ...{ signal: effects.signal, parallel: options.parallel },
    onProgress: ({ files, skipped }) => progress.update(files + skipped),
  })
  progress.end()
  report(sink.out, form, result, wanted, options.json ?? false, effects)
}

function sinkOf(
  form: Form,
  wanted: Wanted,
  { name, companions, lines }: FetchTexts,
  { out, shardBytes = '1G', shardSamples = 10_000 }: FetchCommandOptions,
): Sink {
  const place = resolve(out)
  if (form === 'zip') return zipSink(place, wanted, companions)
  if (form === 'folder') return folderSink(place, wanted, companions)
  const maxBytes = parseSize(shardBytes, '--shard-bytes')
  return tarSink(place, wanted, { name, companions, lines, maxBytes, maxSamples: shardSamples })
}

/** The form that is asked for; a name that ends in .zip asks for a ZIP. */
function formOf({ form, out }: FetchCommandOptions): Form {
  const isZip = out.toLowerCase().endsWith('.zip')
  const found = FORMS.find(each => each === (form ?? (isZip ? 'zip' : 'folder')))
  if (!found) throw new UserError(`--form ${form}: there are ${FORMS.join(', ')}`, 2)
  if (found === 'zip' && !isZip)
    throw new UserError(`--form zip: --out ${out} must be a file that ends in .zip`, 2)
  return found
}

/** @throws UserError for an option that would do nothing. */
function assertNotIdle(form: Form, options: FetchCommandOptions): void {
  if (form === 'tar') return
  const { shardBytes, shardSamples } = options
  const idle = firstGiven({ 'shard-bytes': shardBytes, 'shard-samples': shardSamples })
  if (idle)
    throw new UserError(`--${idle}: only --form tar has shards; leave it out, or choose tar`, 2)
}

const planText = ({ parts }: Archive, { files, packedBytes, bytes }: Wanted) =>
  `${countOf(files, 'file')}, ${formatBytes(packedBytes)} of ${formatBytes(parts.size)} to fetch, ${formatBytes(bytes)} on disk`

function sayMissing({ missing, firstMissing }: Wanted, { log }: Effects): void {
  if (missing > 0) log(`Not in the archive: ${countOf(missing, 'file')}, such as ${firstMissing}`)
}

function sayPlan(
  archive: Archive,
  wanted: Wanted,
  form: Form,
  { json }: FetchCommandOptions,
  effects: Effects,
): void {
  sayMissing(wanted, effects)
  const { files, bytes, packedBytes, missing } = wanted
  effects.write(
    json
      ? `${JSON.stringify({ form, files, bytes, packedBytes, missing })}\n`
      : `${planText(archive, wanted)}\n`,
  )
}

function report(
  out: string,
  form: Form,
  { files, skipped, bytes, failed }: FetchResult,
  { missing }: Wanted,
  json: boolean,
  effects: Effects,
): void {
  effects.write(
    json
      ? `${JSON.stringify({ out, form, files, skipped, bytes, missing, failed }, null, 2)}\n`
      : `${out}: ${countOf(files, 'file')} fetched (${formatBytes(bytes)}), ${countOf(skipped, 'file')} there already\n`,
  )
  const lost = failed.length + missing
  if (lost === 0) return
  const why = failed.length > 0 ? `: ${failed.slice(0, 5).join('; ')}` : ''
  const unfinished =
    form === 'folder' || failed.length === 0
      ? 'run it again to try those alone'
      : 'what lacks them keeps the ending .incomplete; run it again to try those alone, or leave their images out'
  throw new UserError(`${countOf(lost, 'file')} could not be had${why}; ${unfinished}`)
}
