import { createHash } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Turns } from '../async/turns'
import { command } from '../command-name.node.ts'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { type FileAnswer, jsonAnswer, textAnswer } from '../http/file-answer.node.ts'
import { openStore } from '../images/open-store.node.ts'
import { parseStoreChoice } from '../images/store-choice'
import { type OpenManifest, openFolder } from '../store/open-manifest.node.ts'
import { processFolder } from '../store/process-folder.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { readAddress } from './address'
import { FORMATS, type FormatName, isFormat } from './formats'
import type { Recipe, SplitName } from './recipe'
import { sideOf } from './side'
import type { Family } from './split-report.node.ts'
import { type OpenSubset, openSubset } from './write-subset.node.ts'

/** Selecting takes the machine for seconds. */
const turns = new Turns(4)
/** Files that are kept for whoever asks again, or goes on with a broken download. */
const MAX_FILES = 3

let kept: { key: string; opened: OpenManifest; subset: OpenSubset } | undefined
const written: string[] = []

/**
 * Answer `/api/subset/count?RECIPE` with counts, cost, leakage report and SQL, and `/api/subset/FORMAT?RECIPE`
 * with the file that the command line writes, byte for byte; `&side=train` beside the recipe is its `--side`.
 *
 * @param what Last step of the path.
 * @param query The request's query string, or its body: a recipe.
 * @param families As `openSubset` takes them.
 * @param images Value of SAMED2D_IMAGES: where COCO has the pixels of masks from.
 */
export async function answerSubset(
  folder: ManifestFolder,
  what: string,
  query: string,
  families: readonly Family[],
  images?: string,
): Promise<FileAnswer> {
  if (what !== 'count' && !isFormat(what))
    return textAnswer(
      404,
      `Unknown format; expected one of count, ${Object.keys(FORMATS).join(', ')}.`,
    )
  let recipe: Recipe
  let side: SplitName | null = null
  try {
    recipe = { ...readAddress(query), manifest: folder.manifest.id }
    if (what !== 'count')
      side = sideOf(new URLSearchParams(query).get('side') ?? undefined, recipe, what)
  } catch (error) {
    if (error instanceof UserError) return textAnswer(400, error.message)
    throw error
  }
  const turn = turns.take(() => answer(folder, what, recipe, side, families, images))
  if (!turn)
    return textAnswer(503, 'Too many subsets are requested at once; try again in a few seconds.', {
      'Retry-After': '3',
    })
  try {
    return await turn
  } catch (error) {
    if (error instanceof UserError)
      return textAnswer(error.exitCode === 2 ? 400 : 422, error.message)
    throw error
  }
}

async function answer(
  folder: ManifestFolder,
  what: 'count' | FormatName,
  recipe: Recipe,
  side: SplitName | null,
  families: readonly Family[],
  images: string | undefined,
): Promise<FileAnswer> {
  const key = JSON.stringify({ side, recipe })
  if (kept?.key !== key || kept.opened.dir !== folder.dir)
    await select(folder, key, recipe, side, families)
  const { subset } = kept as NonNullable<typeof kept>
  if (what === 'count') {
    const { sampled, split } = subset
    return jsonAnswer({ cost: await subset.cost(), sampled, split, sql: subset.sql() })
  }
  const { ending } = FORMATS[what]
  const path = await fileOf(folder, subset, key, what, images)
  const { size } = await stat(path)
  const name = recipe.name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60) || 'subset'
  return {
    status: 200,
    headers: {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(size),
      'Content-Disposition': `attachment; filename="${name}.${side ? `${side}.` : ''}${what}.${ending}"`,
      'Cache-Control': 'no-store',
    },
    body: { path, size, start: 0, end: Math.max(size - 1, 0) },
  }
}

async function select(
  folder: ManifestFolder,
  key: string,
  recipe: Recipe,
  side: SplitName | null,
  families: readonly Family[],
): Promise<void> {
  const old = kept
  kept = undefined
  old?.opened.engine.close()
  const opened = await openFolder(folder)
  try {
    kept = { key, opened, subset: await openSubset(opened, recipe, families, side) }
  } catch (error) {
    opened.engine.close()
    throw error
  }
}

async function fileOf(
  folder: ManifestFolder,
  subset: OpenSubset,
  key: string,
  format: FormatName,
  images: string | undefined,
): Promise<string> {
  const dir = await processFolder('exports')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const store = format === 'coco' ? await openMasks(folder, images) : null
  try {
    const masks = store ? (await subset.cost()).masks : 0
    if (masks > MOST_DECODED)
      throw new UserError(
        `The server writes COCO with the pixels of at most ${formatCount(MOST_DECODED)} masks, not ${formatCount(masks)}; use the command line: ${command('subset', '--format', 'coco')} --images …`,
        2,
      )
    const name = `${format} ${store?.identity ?? ''} ${key}`
    const hash = createHash('sha256').update(name).digest('hex').slice(0, 32)
    const path = join(dir, `${hash}.${FORMATS[format].ending}`)
    if (!written.includes(path)) {
      await subset.write(format, path, undefined, store)
      written.push(path)
      for (const old of written.splice(0, Math.max(written.length - MAX_FILES, 0)))
        await rm(old, { force: true })
    }
    return path
  } finally {
    await store?.close()
  }
}

/** Masks that are decoded for one answer: a minute or two. */
const MOST_DECODED = 100_000

/** The server's store, unless it makes its pictures up: nobody trains on those. */
async function openMasks(folder: ManifestFolder, images: string | undefined) {
  const { kind } = parseStoreChoice(images, folder.manifest.simulated)
  return kind === 'phantom' ? null : openStore(folder, images)
}
