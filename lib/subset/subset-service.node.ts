import { createHash } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Turns } from '../async/turns'
import { command } from '../command-name.node.ts'
import { UserError } from '../errors'
import { formatCount } from '../format'
import { type FileAnswer, jsonAnswer, textAnswer } from '../http/file-answer.node.ts'
import { pathHider } from '../http/hide-paths'
import { openStore } from '../images/open-store.node.ts'
import { parseStoreChoice } from '../images/store-choice'
import { type OpenManifest, openFolder } from '../store/open-manifest.node.ts'
import { processFolder } from '../store/process-folder.node.ts'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { readAddress } from './address'
import { askedPart, checkParameters, type Part } from './asked-part'
import { FORMATS, type FormatName, isFormat } from './formats'
import type { Recipe } from './recipe'
import { pageChoices, type Refusal } from './refusal'
import { type OpenSubset, openSubset } from './write-subset.node.ts'

/** Maximum number of requests that run or wait. Selecting a subset takes the machine for seconds. */
const MAX_REQUESTS = 4
/** Files that are cached for repeated requests and resumed downloads. */
const MAX_FILES = 3

interface ServiceOptions {
  readonly hidePaths?: (text: string) => string
  readonly allowRoots?: readonly string[]
}

/** Answers `/api/subset/…`. Caches the last selection and the last files for repeated requests. */
export class SubsetService {
  private readonly turns = new Turns(MAX_REQUESTS)
  private kept: { key: string; opened: OpenManifest; subset: OpenSubset } | undefined
  private readonly written: string[] = []
  private readonly hidePaths: (text: string) => string
  private readonly allowRoots: readonly string[]

  /**
   * @param images Value of SAMED2D_IMAGES: the source of mask pixels for COCO.
   * @param options `hidePaths` as `pathHider`; `allowRoots` are values of `--allow-root`.
   */
  constructor(
    private readonly images?: string,
    { hidePaths = pathHider([]), allowRoots = [] }: ServiceOptions = {},
  ) {
    this.hidePaths = hidePaths
    this.allowRoots = allowRoots
  }

  /**
   * Answer two kinds of request. `/api/subset/count?RECIPE` gives counts, cost, leakage report and SQL.
   * `/api/subset/FORMAT?RECIPE` gives the file that the command line writes, byte for byte. `&only=train` and `&fold=1`
   * are like `--only` and `--fold`. Unknown parameters are refused.
   *
   * @param what Last part of the path.
   * @param query The recipe: query string of the request, or its body.
   */
  async answer(folder: ManifestFolder, what: string, query: string): Promise<FileAnswer> {
    if (what !== 'count' && !isFormat(what))
      return textAnswer(
        404,
        `Unknown format; expected one of count, ${Object.keys(FORMATS).join(', ')}.`,
      )
    let recipe: Recipe
    let part: Part
    try {
      checkParameters(query, what)
      recipe = { ...readAddress(query), manifest: folder.manifest.id }
      part = askedPart(query, recipe, what)
    } catch (error) {
      if (error instanceof UserError) return textAnswer(400, this.hidePaths(error.message))
      throw error
    }
    const turn = this.turns.take(() => this.answerNow(folder, what, recipe, part))
    if (!turn)
      return textAnswer(
        503,
        'Too many subsets are requested at once; try again in a few seconds.',
        {
          'Retry-After': '3',
        },
      )
    try {
      return await turn
    } catch (error) {
      if (error instanceof UserError)
        return textAnswer(error.exitCode === 2 ? 400 : 422, this.hidePaths(error.message))
      throw error
    }
  }

  private async answerNow(
    folder: ManifestFolder,
    what: 'count' | FormatName,
    recipe: Recipe,
    part: Part,
  ): Promise<FileAnswer> {
    const { only } = part
    const key = JSON.stringify({ ...part, recipe })
    const subset = await this.select(folder, key, recipe, part)
    if (what === 'count') {
      return jsonAnswer({
        cost: await subset.cost(),
        sampled: subset.sampled,
        split: subset.split,
        refusal: subset.refusal && refusalText(subset.refusal),
        sql: subset.sql(),
      })
    }
    if (subset.refusal) throw new UserError(refusalText(subset.refusal))
    const { extension } = FORMATS[what]
    const path = await this.fileOf(folder, subset, key, what)
    const { size } = await stat(path)
    const name = recipe.name.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 60) || 'subset'
    return {
      status: 200,
      headers: {
        'Content-Type': 'application/octet-stream',
        'Content-Length': String(size),
        'Content-Disposition': `attachment; filename="${name}.${only ? `${only}.` : ''}${what}.${extension}"`,
        'Cache-Control': 'no-store',
      },
      body: { path, size, start: 0, end: Math.max(size - 1, 0) },
    }
  }

  /** The subset of a recipe: the cached subset, or a new selection. */
  private async select(
    folder: ManifestFolder,
    key: string,
    recipe: Recipe,
    { only, fold }: Part,
  ): Promise<OpenSubset> {
    const last = this.kept
    if (last?.key === key && last.opened.dir === folder.dir) return last.subset
    this.kept = undefined
    last?.opened.engine.close()
    const opened = await openFolder(folder)
    try {
      const subset = await openSubset(opened, recipe, only, fold)
      this.kept = { key, opened, subset }
      return subset
    } catch (error) {
      opened.engine.close()
      throw error
    }
  }

  private async fileOf(
    folder: ManifestFolder,
    subset: OpenSubset,
    key: string,
    format: FormatName,
  ): Promise<string> {
    const dir = await processFolder('exports')
    await mkdir(dir, { recursive: true, mode: 0o700 })
    const store = format === 'coco' ? await openMasks(folder, this.images, this.allowRoots) : null
    try {
      const masks = store ? (await subset.cost()).masks : 0
      if (masks > MOST_DECODED)
        throw new UserError(
          `The server writes COCO with the pixels of at most ${formatCount(MOST_DECODED)} masks, not ${formatCount(masks)}; use the command line: ${command('subset', '--format', 'coco')} --images …`,
          2,
        )
      const name = `${format} ${store?.identity ?? ''} ${key}`
      const hash = createHash('sha256').update(name).digest('hex').slice(0, 32)
      const path = join(dir, `${hash}.${FORMATS[format].extension}`)
      const { written } = this
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
}

const refusalText = (refusal: Refusal) => `${refusal.reason} ${pageChoices(refusal)}`

/** Maximum number of masks to decode for a request. That takes a minute or two. */
const MOST_DECODED = 100_000

/** The server's image store; null for simulated pictures, which are useless for training. */
async function openMasks(
  folder: ManifestFolder,
  images: string | undefined,
  allowRoots: readonly string[],
) {
  const { kind } = parseStoreChoice(images, folder.manifest.simulated)
  return kind === 'phantom' ? null : openStore(folder, images, { allowRoots })
}
