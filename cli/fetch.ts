import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UserError } from '../lib/errors'
import { countOf, formatBytes } from '../lib/format'
import { parseSize } from '../lib/http/system-cache.node.ts'
import { memoryProblem } from '../lib/store/disk-error'
import { type OpenManifest, openManifest } from '../lib/store/open-manifest.node.ts'
import { archiveFiles } from '../lib/subset/fetch/archive-files.node.ts'
import { type FetchResult, fetchFiles } from '../lib/subset/fetch/fetch-files.node.ts'
import type { FetchSource } from '../lib/subset/fetch/fetch-source'
import { folderFiles } from '../lib/subset/fetch/folder-files.node.ts'
import { folderSink } from '../lib/subset/fetch/folder-sink.node.ts'
import { type OpenSource, openFetchSource } from '../lib/subset/fetch/open-source.node.ts'
import type { Sink } from '../lib/subset/fetch/sink'
import { tarSink } from '../lib/subset/fetch/tar-sink.node.ts'
import type { Wanted } from '../lib/subset/fetch/wanted'
import { wantedOfList } from '../lib/subset/fetch/wanted-list.node.ts'
import { wantedOfSubset } from '../lib/subset/fetch/wanted-subset.node.ts'
import { zipSink } from '../lib/subset/fetch/zip-sink.node.ts'
import { foldOf, namedSplit } from '../lib/subset/named-split'
import { openSubset } from '../lib/subset/write-subset.node.ts'
import type { Effects } from './effects'
import {
  type CaseCommandOptions,
  type CaseLayoutName,
  isCaseLayout,
  openCaseSink,
  sayCases,
} from './fetch-cases'
import { type FetchTexts, fetchTexts, noTexts } from './fetch-texts'
import { httpOptions } from './http-options'
import { jsonText } from './json-text'
import { progressOf, startProgress } from './progress'
import { assertSplit, credits, firstGiven, pinned, type RecipeOptions, recipeFrom } from './subset'

/** How fetched files are laid out. */
const LAYOUTS = ['folder', 'tar', 'zip', 'nnunet', 'medsam'] as const
type Layout = (typeof LAYOUTS)[number]
type FileLayout = Exclude<Layout, CaseLayoutName>

export interface FetchCommandOptions extends RecipeOptions, CaseCommandOptions {
  /** The release's ZIP or folder. */
  readonly archive?: string | undefined
  /** Further folders that links of the release's folder may lead into. */
  readonly allowRoot?: readonly string[]
  /** Names of files, instead of a list or beside one. */
  readonly file?: readonly string[]
  /** Fetch the rest where names of a list are not there or lines name nothing. */
  readonly allowMissing?: boolean
  readonly layout?: string
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
 * `samed2d fetch`: reads the files of a subset or of a list from the release's ZIP or folder, and no others.
 *
 * @throws UserError if some file could not be had; what could is there. For a list, before anything is fetched.
 */
export async function fetch(options: FetchCommandOptions, effects: Effects): Promise<void> {
  const layout = layoutOf(options)
  assertNotIdle(layout, options)
  const { manifest: dir, archive: place } = options
  if (!place)
    throw new UserError(
      "fetch: give --archive, the release's .zip (path or URL) or its folder, or set SAMED2D_IMAGES",
      2,
    )
  if (dir === undefined) assertList(options, layout)
  else await assertNoList(options)
  const opened = dir === undefined ? null : await openManifest(dir)
  try {
    const facts = opened?.manifest.archive
    const http = httpOptions(effects, options.waitAtMost)
    const found = await openFetchSource(place, {
      signal: effects.signal,
      http,
      allowRoots: options.allowRoot ?? [],
      ...(facts && { facts }),
    }).catch(cause => {
      throw named('archive', place, cause)
    })
    const source = found.kind === 'archive' ? archiveFiles(found.archive) : folderFiles(found.store)
    try {
      if (opened) await fetchSubset({ found, source }, opened, layout, options, effects)
      else await fetchListed({ found, source }, layout, options, effects)
    } finally {
      await source.close()
    }
  } catch (error) {
    const problem = memoryProblem(error)
    if (problem === null) throw error
    throw new UserError(
      `fetch: not enough memory for so many files (${problem}); fetch fewer at a time, for example one split or modality after the other`,
      1,
      { cause: error },
    )
  } finally {
    opened?.engine.close()
  }
}

/** What files are fetched from: as it was opened, and as a source of files. */
interface From {
  readonly found: OpenSource
  readonly source: FetchSource
}

/** An error about the value of an option, with the option's name; any other error as it is. */
function named(option: string, value: string, error: unknown): unknown {
  return error instanceof UserError && error.message.startsWith(value)
    ? new UserError(`--${option} ${error.message}`, error.exitCode, { cause: error })
    : error
}

async function fetchSubset(
  { found, source }: From,
  opened: OpenManifest,
  layout: Layout,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const recipe = pinned(await recipeFrom(options, effects), opened, effects)
  const only = namedSplit(options.only, recipe)
  const made = await openSubset(opened, recipe, only, foldOf(options.fold, only, recipe))
  assertSplit(made)
  const { engine, manifest } = opened
  const onProgress = progressOf(effects, { label: 'Reading the folder', unit: 'files' })
  const wanted = await wantedOfSubset(engine, manifest, found, onProgress, effects.signal)
  if (options.dryRun) return sayPlan(source, wanted, layout, options, effects)
  const withLines = layout === 'tar' || isCaseLayout(layout)
  const texts = await fetchTexts(made, credits(made, opened), engine, withLines)
  if (!isCaseLayout(layout)) {
    await fetchInto(
      source,
      wanted,
      layout,
      sinkOf(layout, wanted, texts, options),
      options,
      effects,
    )
    return
  }
  const sink = await openCaseSink(layout, opened, made, wanted, texts, options)
  const say = () => {
    const totals = sink.totals()
    if (totals) sayCases(layout, totals, effects)
  }
  await fetchInto(source, wanted, layout, sink, options, effects, say)
}

/** @throws UserError for a command line that names neither a manifest nor files, or an option that needs a manifest. */
function assertList(options: FetchCommandOptions, layout: Layout): void {
  if (isCaseLayout(layout))
    throw new UserError(
      `--layout ${layout}: needs a manifest, which knows the labels of masks; add --manifest DIR`,
      2,
    )
  const { subset, file, where, every, slicesPer, sample, atLeast, cap, split, only } = options
  if (subset === undefined && file === undefined)
    throw new UserError(
      'fetch: give --subset FILE or --file NAME, or --manifest DIR and a filter',
      2,
    )
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
}

/** Bytes of a file that tell whether it is a subset file. */
const HEAD_BYTES = 64

/** @throws UserError for a list of files, or names of files, beside a manifest. */
async function assertNoList({ subset, file }: FetchCommandOptions): Promise<void> {
  if (file !== undefined)
    throw new UserError(
      '--file names files of the archive, and needs no manifest; leave out --manifest or --file',
      2,
    )
  if (subset === undefined) return
  const isRecipe = subset !== '-' && (await startsLikeRecipe(subset))
  if (!isRecipe)
    throw new UserError(
      `--subset ${subset}: a list of files, which needs no manifest: leave out --manifest; or give a subset file that samed2d or the page wrote`,
      2,
    )
}

async function startsLikeRecipe(path: string): Promise<boolean> {
  const file = await open(path).catch(cause => {
    throw new UserError(`--subset ${path}: cannot be read (${cause.message})`, 1, { cause })
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.toString('utf8', 0, bytesRead)
    // What is no list either is refused as a recipe, with what is wrong in it.
    return /^\s*\{/.test(head) && !/^\s*\{\s*"[^"]*\.png"/.test(head)
  } finally {
    await file.close()
  }
}

async function fetchListed(
  { found, source }: From,
  layout: Layout,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const { subset: list = null, file: names = [], allowMissing = false } = options
  const onProgress = progressOf(
    effects,
    found.kind === 'archive'
      ? { label: 'Reading the directory', unit: 'MB', scale: 1e6 }
      : { label: 'Reading the folder', unit: 'files' },
  )
  const wanted = await wantedOfList(found, { list, names }, onProgress, effects.signal).catch(
    cause => {
      throw named('subset', list ?? '', cause)
    },
  )
  try {
    if (wanted.files + wanted.others.length + wanted.missing === 0)
      throw new UserError(
        `--subset ${list}: names no file; give file names one per line, a table with a column such as image or mask, JSON, or a file that the command subset wrote`,
        2,
      )
    if (options.dryRun) sayPlan(source, wanted, layout, options, effects)
    if (wanted.missing > 0 && !allowMissing) throw notUsed(wanted, list)
    const texts = noTexts(source, wanted.others)
    if (!options.dryRun && !isCaseLayout(layout))
      await fetchInto(
        source,
        wanted,
        layout,
        sinkOf(layout, wanted, texts, options),
        options,
        effects,
      )
  } finally {
    wanted.close()
  }
}

/** The error for names that are not there and lines that are not used, before anything is fetched. */
function notUsed({ missing, firstMissing, files, others }: Wanted, list: string | null): UserError {
  const rest = files + others.length
  const more = missing > firstMissing.length ? '; …' : ''
  const place = list === null ? '' : `--subset ${list}: `
  return new UserError(
    `${place}${countOf(missing, 'name')} cannot be fetched: ${firstMissing.join('; ')}${more}; correct ${missing === 1 ? 'it' : 'them'}${rest > 0 ? `, or add --allow-missing to fetch the other ${countOf(rest, 'file')}` : ''}`,
  )
}

async function fetchInto(
  source: FetchSource,
  wanted: Wanted,
  layout: Layout,
  sink: Sink,
  options: FetchCommandOptions,
  effects: Effects,
  onDone: () => void = () => {},
): Promise<void> {
  sayMissing(source, wanted, effects)
  effects.log(planText(source, wanted))
  const progress = startProgress(effects, { label: 'Fetching', unit: 'files', total: wanted.files })
  const result = await fetchFiles(source, sink, {
    signal: effects.signal,
    parallel: options.parallel,
    onProgress: ({ files, skipped }) => progress.update(files + skipped),
  })
  progress.end()
  onDone()
  report(sink.out, layout, result, wanted, options, effects)
}

function sinkOf(
  layout: FileLayout,
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
  const { overlapRule, fix, channels } = options
  const composing = firstGiven({ 'overlap-rule': overlapRule, fix, channels })
  if (composing && !isCaseLayout(layout))
    throw new UserError(
      `--${composing}: only --layout nnunet and medsam compose label maps; leave out --${composing}, or choose one of these`,
      2,
    )
  if (layout === 'tar') return
  const { shardBytes, shardSamples } = options
  const idle = firstGiven({ 'shard-bytes': shardBytes, 'shard-samples': shardSamples })
  if (idle)
    throw new UserError(
      `--${idle}: only --layout tar has shards; leave out --${idle}, or choose --layout tar`,
      2,
    )
}

function planText({ bytes: all }: FetchSource, { files, packedBytes, bytes, others }: Wanted) {
  const count = files + others.length
  const packed = others.reduce((sum, file) => sum + file.compressedBytes, packedBytes)
  const disk = others.reduce((sum, file) => sum + file.bytes, bytes)
  const of = all === null ? '' : ` of ${formatBytes(all)}`
  return `${countOf(count, 'file')}, ${formatBytes(packed)}${of} to fetch, ${formatBytes(disk)} on disk`
}

function sayMissing(
  { kind }: FetchSource,
  { missing, firstMissing }: Wanted,
  { log }: Effects,
): void {
  if (missing > 0)
    log(
      `Not in the ${kind}${kind === 'folder' ? ', or not readable' : ''}: ${countOf(missing, 'file')}, such as ${firstMissing[0]}`,
    )
}

function sayPlan(
  source: FetchSource,
  wanted: Wanted,
  layout: Layout,
  { json }: FetchCommandOptions,
  effects: Effects,
): void {
  sayMissing(source, wanted, effects)
  const { missing, others } = wanted
  const files = wanted.files + others.length
  const bytes = others.reduce((sum, file) => sum + file.bytes, wanted.bytes)
  const packedBytes = others.reduce((sum, file) => sum + file.compressedBytes, wanted.packedBytes)
  effects.write(
    json
      ? jsonText({ layout, files, bytes, packedBytes, missing })
      : `${planText(source, wanted)}\n`,
  )
}

function report(
  out: string,
  layout: Layout,
  result: FetchResult,
  { missing, firstMissing, others }: Wanted,
  { json = false, allowMissing = false }: FetchCommandOptions,
  effects: Effects,
): void {
  const { skipped, failed } = result
  const files = result.files + others.length
  const bytes = others.reduce((sum, file) => sum + file.bytes, result.bytes)
  effects.write(
    json
      ? jsonText({ out, layout, files, skipped, bytes, missing, failed })
      : `${out}: ${countOf(files, 'file')} fetched (${formatBytes(bytes)}), ${countOf(skipped, 'file')} already present\n`,
  )
  const lost = failed.length + (allowMissing ? 0 : missing)
  if (lost === 0) return
  if (failed.length === 0 && !isCaseLayout(layout))
    throw new UserError(
      `${countOf(lost, 'file')} could not be fetched, such as ${firstMissing[0]}; correct this and run the command again, or add --allow-missing to go without`,
    )
  const why = failed.length > 0 ? `: ${failed.slice(0, 5).join('; ')}` : ''
  const unfinished = isCaseLayout(layout)
    ? `the dataset is incomplete: run the command again${missing > 0 && !allowMissing ? ', or add --allow-missing to leave out the images of missing files' : ''}`
    : layout === 'folder'
      ? 'run the command again to retry only those'
      : 'incomplete files end in .incomplete; run the command again to retry only those, or leave their images out'
  throw new UserError(`${countOf(lost, 'file')} could not be fetched${why}; ${unfinished}`)
}
