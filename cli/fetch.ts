import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Archive } from '../lib/archive/archive'
import { openArchive } from '../lib/archive/open-archive.node.ts'
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
import { foldOf, namedSplit } from '../lib/subset/named-split'
import { openSubset } from '../lib/subset/write-subset.node.ts'
import type { Effects } from './effects'
import { type FetchTexts, fetchTexts, NO_TEXTS } from './fetch-texts'
import { httpOptions } from './http-options'
import { jsonText } from './json-text'
import { progressOf, startProgress } from './progress'
import { assertSplit, credits, firstGiven, pinned, type RecipeOptions, recipeFrom } from './subset'

/** How fetched files are laid out. */
const LAYOUTS = ['folder', 'tar', 'zip'] as const
type Layout = (typeof LAYOUTS)[number]

export interface FetchCommandOptions extends RecipeOptions {
  readonly archive: string
  readonly out: string
  readonly layout?: string
  /** The split that is fetched; all of them by default. */
  readonly only?: string
  /** The fold that is val; the other folds are train. */
  readonly fold?: string
  /** As `parseSize` reads it. */
  readonly shardBytes?: string
  readonly shardSamples?: number
  readonly manifest?: string
  readonly parallel: number
  readonly dryRun?: boolean
  readonly json?: boolean
  /** Maximum time to wait for the archive's server, in ms. */
  readonly waitAtMost?: number
}

/**
 * `samed2d fetch`: downloads the files of a subset out of the split ZIP, and no others.
 *
 * @throws UserError if some file could not be had; what could is there.
 */
export async function fetch(options: FetchCommandOptions, effects: Effects): Promise<void> {
  const layout = layoutOf(options)
  assertNotIdle(layout, options)
  const { archive: location, manifest: dir } = options
  const { signal } = effects
  const opened = dir === undefined ? null : await openManifest(dir)
  let archive: Archive | null = null
  try {
    const facts = opened?.manifest.archive
    const http = httpOptions(effects, options.waitAtMost)
    archive = await openArchive(location, { signal, http, ...(facts && { facts }) }).catch(
      cause => {
        throw named('archive', location, cause)
      },
    )
    if (opened) await fetchSubset(archive, opened, layout, options, effects)
    else await fetchListed(archive, layout, options, effects)
  } finally {
    opened?.engine.close()
    await archive?.close()
  }
}

/** An error about the value of an option, with the option's name; any other error as it is. */
function named(option: string, value: string, error: unknown): unknown {
  return error instanceof UserError && error.message.startsWith(`${value}: `)
    ? new UserError(`--${option} ${error.message}`, error.exitCode, { cause: error })
    : error
}

async function fetchSubset(
  archive: Archive,
  opened: OpenManifest,
  layout: Layout,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const recipe = pinned(await recipeFrom(options, effects), opened, effects)
  const only = namedSplit(options.only, recipe)
  const made = await openSubset(opened, recipe, only, foldOf(options.fold, only, recipe))
  assertSplit(made)
  const wanted = await wantedOfSubset(opened.engine, opened.manifest)
  if (options.dryRun) return sayPlan(archive, wanted, layout, options, effects)
  const texts = await fetchTexts(made, credits(made, opened), opened.engine, layout === 'tar')
  await fetchInto(archive, wanted, layout, texts, options, effects)
}

async function fetchListed(
  archive: Archive,
  layout: Layout,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const { subset, where, every, slicesPer, sample, atLeast, cap, split, only } = options
  if (subset === undefined)
    throw new UserError('fetch: give --subset FILE, or --manifest DIR and a filter', 2)
  const other = firstGiven({
    where,
    every,
    'slices-per': slicesPer,
    sample,
    'at-least': atLeast,
    cap,
    split,
    only,
  })
  if (other)
    throw new UserError(`--${other} needs a manifest; add --manifest, or leave out --${other}`, 2)
  const text = await readFile(subset, 'utf8').catch(cause => {
    throw new UserError(`--subset ${subset}: cannot be read (${cause.message})`, 1, { cause })
  })
  const paths = listedPaths(text, subset)
  const onProgress = progressOf(effects, { label: 'Reading the directory', unit: 'MB', scale: 1e6 })
  const listed = await wantedOfPaths(archive, paths, onProgress, effects.signal)
  try {
    if (options.dryRun) sayPlan(archive, listed, layout, options, effects)
    else await fetchInto(archive, listed, layout, NO_TEXTS, options, effects)
  } finally {
    listed.close()
  }
}

async function fetchInto(
  archive: Archive,
  wanted: Wanted,
  layout: Layout,
  texts: FetchTexts,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  sayMissing(wanted, effects)
  effects.log(planText(archive, wanted))
  const progress = startProgress(effects, { label: 'Fetching', unit: 'files', total: wanted.files })
  const sink = sinkOf(layout, wanted, texts, options)
  const result = await fetchFiles(archive, sink, {
    signal: effects.signal,
    parallel: options.parallel,
    onProgress: ({ files, skipped }) => progress.update(files + skipped),
  })
  progress.end()
  report(sink.out, layout, result, wanted, options.json ?? false, effects)
}

function sinkOf(
  layout: Layout,
  wanted: Wanted,
  { name, companions, lines }: FetchTexts,
  { out, shardBytes = '1G', shardSamples = 10_000 }: FetchCommandOptions,
): Sink {
  const place = resolve(out)
  if (layout === 'zip') return zipSink(place, wanted, companions)
  if (layout === 'folder') return folderSink(place, wanted, companions)
  const maxBytes = parseSize(shardBytes, '--shard-bytes')
  return tarSink(place, wanted, { name, companions, lines, maxBytes, maxSamples: shardSamples })
}

/** The layout of the command line; by default a ZIP if --out ends in .zip, else a folder. */
function layoutOf({ layout, out }: FetchCommandOptions): Layout {
  const isZip = out.toLowerCase().endsWith('.zip')
  const found = LAYOUTS.find(each => each === (layout ?? (isZip ? 'zip' : 'folder')))
  if (!found)
    throw new UserError(
      `--layout ${layout}: unknown layout; expected one of ${LAYOUTS.join(', ')}`,
      2,
    )
  if (found === 'zip' && !isZip)
    throw new UserError(`--layout zip: --out ${out} must end in .zip`, 2)
  return found
}

/** @throws UserError for an option that would do nothing. */
function assertNotIdle(layout: Layout, options: FetchCommandOptions): void {
  if (layout === 'tar') return
  const { shardBytes, shardSamples } = options
  const idle = firstGiven({ 'shard-bytes': shardBytes, 'shard-samples': shardSamples })
  if (idle)
    throw new UserError(
      `--${idle}: only --layout tar has shards; leave out --${idle}, or choose --layout tar`,
      2,
    )
}

const planText = ({ parts }: Archive, { files, packedBytes, bytes }: Wanted) =>
  `${countOf(files, 'file')}, ${formatBytes(packedBytes)} of ${formatBytes(parts.size)} to fetch, ${formatBytes(bytes)} on disk`

function sayMissing({ missing, firstMissing }: Wanted, { log }: Effects): void {
  if (missing > 0) log(`Not in the archive: ${countOf(missing, 'file')}, such as ${firstMissing}`)
}

function sayPlan(
  archive: Archive,
  wanted: Wanted,
  layout: Layout,
  { json }: FetchCommandOptions,
  effects: Effects,
): void {
  sayMissing(wanted, effects)
  const { files, bytes, packedBytes, missing } = wanted
  effects.write(
    json
      ? jsonText({ layout, files, bytes, packedBytes, missing })
      : `${planText(archive, wanted)}\n`,
  )
}

function report(
  out: string,
  layout: Layout,
  { files, skipped, bytes, failed }: FetchResult,
  { missing }: Wanted,
  json: boolean,
  effects: Effects,
): void {
  effects.write(
    json
      ? jsonText({ out, layout, files, skipped, bytes, missing, failed })
      : `${out}: ${countOf(files, 'file')} fetched (${formatBytes(bytes)}), ${countOf(skipped, 'file')} already present\n`,
  )
  const lost = failed.length + missing
  if (lost === 0) return
  const why = failed.length > 0 ? `: ${failed.slice(0, 5).join('; ')}` : ''
  const unfinished =
    layout === 'folder' || failed.length === 0
      ? 'run the command again to retry only those'
      : 'incomplete files end in .incomplete; run the command again to retry only those, or leave their images out'
  throw new UserError(`${countOf(lost, 'file')} could not be fetched${why}; ${unfinished}`)
}
