import { UserError } from '../lib/errors'
import { memoryProblem } from '../lib/store/disk-error'
import { type OpenManifest, openManifest } from '../lib/store/open-manifest.node.ts'
import { archiveFiles } from '../lib/subset/fetch/archive-files.node.ts'
import { folderFiles } from '../lib/subset/fetch/folder-files.node.ts'
import { openFetchSource } from '../lib/subset/fetch/open-source.node.ts'
import { wantedOfSubset } from '../lib/subset/fetch/wanted-subset.node.ts'
import { foldOf, namedSplit } from '../lib/subset/named-split'
import { openSubset } from '../lib/subset/write-subset.node.ts'
import type { Effects } from './effects'
import { isCaseLayout, openCaseSink, sayCases } from './fetch-cases'
import { fetchFilesInto, fetchInto, sayPlan } from './fetch-into'
import { assertList, assertNoList, type From, fetchListed, named } from './fetch-list'
import { assertNotIdle, type FetchCommandOptions, type Layout, layoutOf } from './fetch-options'
import { fetchTexts } from './fetch-texts'
import { httpOptions } from './http-options'
import { progressOf } from './progress'
import { assertSplit, credits, pinned, recipeFrom } from './subset'

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
  if (!isCaseLayout(layout)) return fetchFilesInto(source, wanted, layout, texts, options, effects)
  const sink = await openCaseSink(layout, opened, made, wanted, texts, options)
  const say = () => {
    const totals = sink.totals()
    if (totals) sayCases(layout, totals, effects)
  }
  await fetchInto(source, wanted, layout, sink, options, effects, say)
}
