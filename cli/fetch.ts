import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { openArchive } from '../lib/archive/open-archive.node.ts'
import { FAMILIES } from '../lib/catalog/known-defects'
import { UserError } from '../lib/errors'
import { countOf, formatBytes } from '../lib/format'
import { CLASS_MAP_FILE, INDEX_FILE } from '../lib/ingest/release-source.node.ts'
import { openManifest } from '../lib/manifest/open-manifest.node.ts'
import { sql } from '../lib/sql'
import { type FetchResult, fetchFiles } from '../lib/subset/fetch-files.node.ts'
import { listedPaths } from '../lib/subset/listed-paths'
import { type Wanted, wantedOfPaths, wantedOfSubset } from '../lib/subset/wanted-files.node.ts'
import { openSubset } from '../lib/subset/write-subset.node.ts'
import type { Effects } from './effects'
import { progressOf, startProgress } from './progress'
import { pinned, type RecipeOptions, recipeFrom } from './subset'

export interface FetchCommandOptions extends RecipeOptions {
  readonly archive: string
  readonly out: string
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
  const { archive: location, manifest: dir, dryRun = false, json = false } = options
  const out = resolve(options.out)
  const { signal } = effects
  const opened = dir === undefined ? null : await openManifest(dir)
  const facts = opened?.manifest.archive
  const archive = await openArchive(location, { signal, ...(facts && { facts }) })
  let listed: (Wanted & { close(): void }) | null = null
  try {
    let wanted: Wanted
    if (opened) {
      const recipe = pinned(await recipeFrom(options), opened, effects)
      const made = await openSubset(opened, recipe, FAMILIES)
      wanted = await wantedOfSubset(opened.engine, opened.manifest)
      if (!dryRun) {
        await mkdir(out, { recursive: true })
        // The folder is a release of its own, which can be ingested.
        await made.write('image2label', join(out, INDEX_FILE))
        await writeFile(join(out, CLASS_MAP_FILE), await classMapOf(opened.engine))
      }
    } else {
      if (options.subset === undefined)
        throw new UserError('fetch: give --subset FILE, or --manifest DIR and a filter', 2)
      const paths = listedPaths(await readFile(options.subset, 'utf8'), options.subset)
      const onProgress = progressOf(effects, {
        ...{ label: 'Reading the directory', unit: 'MB', scale: 1e6 },
      })
      listed = await wantedOfPaths(archive, paths, onProgress, signal)
      wanted = listed
    }
    const plan = `${countOf(wanted.files, 'file')}, ${formatBytes(wanted.packedBytes)} of ${formatBytes(archive.parts.size)} to fetch, ${formatBytes(wanted.bytes)} on disk`
    if (wanted.missing > 0)
      effects.log(
        `Not in the archive: ${countOf(wanted.missing, 'file')}, such as ${wanted.firstMissing}`,
      )
    if (dryRun) return effects.write(json ? `${JSON.stringify(planOf(wanted))}\n` : `${plan}\n`)
    effects.log(plan)
    const progress = startProgress(effects, {
      ...{ label: 'Fetching', unit: 'files', total: wanted.files },
    })
    const result = await fetchFiles(archive, wanted.pages(), wanted.bytes, {
      ...{ out, signal, parallel: options.parallel },
      onProgress: ({ files, skipped }) => progress.update(files + skipped),
    })
    progress.end()
    report(out, result, wanted, json, effects)
  } finally {
    listed?.close()
    opened?.engine.close()
    await archive.close()
  }
}

const planOf = ({ files, bytes, packedBytes, missing }: Wanted) => ({
  ...{ files, bytes, packedBytes, missing },
})

function report(
  out: string,
  { files, skipped, bytes, failed }: FetchResult,
  { missing }: Wanted,
  json: boolean,
  effects: Effects,
): void {
  effects.write(
    json
      ? `${JSON.stringify({ out, files, skipped, bytes, missing, failed }, null, 2)}\n`
      : `${out}: ${countOf(files, 'file')} fetched (${formatBytes(bytes)}), ${countOf(skipped, 'file')} there already\n`,
  )
  const lost = failed.length + missing
  if (lost > 0)
    throw new UserError(
      `${countOf(lost, 'file')} could not be had${failed[0] ? `: ${failed.slice(0, 5).join('; ')}` : ''}; run it again to try those alone`,
    )
}

/** `{dataset: {label: "0003", …}, …}` of the manifest, as a release has it. */
async function classMapOf(engine: Awaited<ReturnType<typeof openManifest>>['engine']) {
  const rows = await engine.rows<{ dataset: string; label: string; class_id: string }>(
    sql`SELECT dataset, label, class_id FROM class_ids JOIN datasets USING (dataset_id)
      JOIN labels USING (label_id) ORDER BY dataset, class_id`,
  )
  const map: Record<string, Record<string, string>> = {}
  for (const { dataset, label, class_id } of rows) {
    const ofDataset = map[dataset] ?? {}
    ofDataset[label] = class_id
    map[dataset] = ofDataset
  }
  return `${JSON.stringify(map, null, 1)}\n`
}
