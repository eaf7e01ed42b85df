import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { defectsOf } from '../lib/catalog/known-defects'
import { UserError } from '../lib/errors'
import { BIBTEX } from '../lib/figures/published'
import { countOf, formatBytes } from '../lib/format'
import { openStore } from '../lib/images/open-store.node.ts'
import { type OpenManifest, openManifest } from '../lib/store/open-manifest.node.ts'
import { readManifest } from '../lib/store/read-manifest.node.ts'
import { formatAddress } from '../lib/subset/address'
import type { SubsetCost } from '../lib/subset/cost.node.ts'
import { creditsText } from '../lib/subset/credits'
import {
  FORMATS,
  type FormatName,
  isFormat,
  NO_ODD_MASKS,
  oddMasksNote,
  oddMasksText,
  unmaskedText,
} from '../lib/subset/formats'
import { foldOf, splitOf } from '../lib/subset/named-split'
import type { Omitted } from '../lib/subset/odd-masks.node.ts'
import { parseRecipe, type Recipe, recipeText } from '../lib/subset/recipe'
import { readRecipe } from '../lib/subset/recipe-query'
import { commandChoices } from '../lib/subset/refusal'
import { oldSampleText, sampledText } from '../lib/subset/sampled-text'
import type { SampleReport } from '../lib/subset/shared-sample.node.ts'
import type { SplitReport } from '../lib/subset/split-report'
import { type OpenSubset, openSubset } from '../lib/subset/write-subset.node.ts'
import { connectImages } from './connect-images'
import type { Effects } from './effects'
import { jsonText } from './json-text'
import { startProgress } from './progress'
import { splitLines } from './split-lines'
import { withUnions } from './unions-option'

/** Options that make a recipe; see docs/subset.md. */
export interface RecipeOptions {
  readonly where?: string
  /** Other name of `union=0,1` in `where`. */
  readonly unions?: boolean
  readonly subset?: string
  readonly name?: string
  readonly slicesPer?: string
  readonly every?: string
  readonly sample?: string
  readonly atLeast?: string
  readonly cap?: string
  readonly seed?: string
  readonly split?: string
  readonly by?: string
  readonly stratify?: string
  readonly overlap?: string
  readonly folds?: string
}

export interface SubsetOptions extends RecipeOptions {
  readonly manifest: string
  readonly format?: string
  /** The split that is written; all of them by default. */
  readonly only?: string
  /** The fold that is val; the other folds are train. */
  readonly fold?: string
  /** Where COCO has the pixels of masks from, as for serve. */
  readonly images?: string | undefined
  /** Further folders that links of a release folder may lead into. */
  readonly allowRoot?: readonly string[]
  readonly out?: string
  readonly json?: boolean
}

/**
 * `samed2d subset`: selects, samples, splits, says what it comes to, and writes it.
 *
 * @throws UserError for options that are not understood.
 */
export async function subset(options: SubsetOptions, effects: Effects): Promise<void> {
  const { manifest: dir, format, only, fold, out, json = false } = options
  if (format !== undefined && !isFormat(format))
    throw new UserError(
      `--format ${format}: unknown format; expected one of ${Object.keys(FORMATS).join(', ')}`,
      2,
    )
  if ((format === undefined) !== (out === undefined))
    throw new UserError('subset: give --format and --out together, or neither to count only', 2)
  if (options.images !== undefined && format !== 'coco')
    throw new UserError(
      `--images ${options.images}: only --format coco reads pictures; leave out --images, or choose --format coco`,
      2,
    )
  if (options.allowRoot !== undefined && options.images === undefined)
    throw new UserError(
      `--allow-root ${options.allowRoot[0]}: needs --images; add it, or leave out --allow-root`,
      2,
    )
  if (only !== undefined && format === undefined)
    throw new UserError(
      `--only ${only} selects what to write; add --format and --out, or leave out --only`,
      2,
    )
  const recipe = await recipeFrom(options, effects)
  const written = format === undefined ? null : splitOf(only, recipe, format)
  const nth = foldOf(fold, written, recipe)
  // It may add an archive's locator to the manifest, which is then read.
  const store = format === 'coco' ? await openImages(dir, options, effects) : null
  const opened = await openManifest(dir)
  try {
    const made = await openSubset(opened, pinned(recipe, opened, effects), written, nth)
    assertSplit(made)
    const cost = await made.cost()
    let omitted: Omitted | null = null
    if (out && format && isFormat(format)) {
      const path = resolve(out)
      await mkdir(dirname(path), { recursive: true })
      const progress = startProgress(effects, {
        label: 'Writing',
        unit: 'images',
        total: cost.images,
      })
      omitted = await made.write(format, path, images => progress.update(images), store)
      progress.end()
      const left = omitted && omittedText(format, omitted)
      if (left) effects.log(left)
      await writeFile(`${path}.subset.json`, recipeText(made.recipe))
      await writeFile(`${path}.credits.md`, credits(made, opened))
    }
    const { sampled, split } = made
    effects.write(
      json
        ? jsonText({
            recipe: made.recipe,
            only: written,
            cost,
            sampled,
            split,
            omitted,
            out: out ?? null,
          })
        : inWords(cost, sampled, split, out && `${resolve(out)}${written ? ` (${written})` : ''}`),
    )
  } finally {
    opened.engine.close()
    await store?.close()
  }
}

/** @throws UserError for a split that was refused. */
export function assertSplit({ refusal }: Pick<OpenSubset, 'refusal'>): void {
  if (refusal) throw new UserError(`${refusal.reason} ${commandChoices(refusal)}`)
}

/** The store of masks; none unless one is asked for, also for a simulated manifest. */
async function openImages(
  dir: string,
  { images, allowRoot = [] }: Pick<SubsetOptions, 'images' | 'allowRoot'>,
  effects: Effects,
) {
  if (images === undefined) return null
  const options = { allowRoots: allowRoot }
  const place = await connectImages(await readManifest(dir), images, effects, options)
  return openStore(await readManifest(dir), place, options)
}

/**
 * Recipe of a command line: of a file, or of its options.
 *
 * @throws UserError for an option that would do nothing, and as `readRecipe` and `parseRecipe`.
 */
export async function recipeFrom(
  options: RecipeOptions,
  effects: Pick<Effects, 'log'>,
): Promise<Recipe> {
  const { where = '', unions, subset: file, name, cap, seed, split, by, stratify } = options
  const { overlap, folds, slicesPer, every, sample, atLeast } = options
  const sampling = { 'slices-per': slicesPer, every, sample, 'at-least': atLeast }
  const ofSplit = { by, stratify, overlap }
  if (file !== undefined) {
    const other = firstGiven({
      where: options.where,
      unions,
      name,
      ...sampling,
      cap,
      seed,
      split,
      folds,
      ...ofSplit,
    })
    if (other) throw new UserError(`--subset already defines the subset; leave out --${other}`, 2)
    return parseRecipe(
      await readFile(file, 'utf8').catch(cause => {
        throw new UserError(`--subset ${file}: cannot be read (${(cause as Error).message})`, 1, {
          cause,
        })
      }),
      file,
    )
  }
  const idle = split === undefined && folds === undefined ? firstGiven(ofSplit) : undefined
  if (idle) throw new UserError(`--${idle} needs a split; add --split, or leave out --${idle}`, 2)
  const query = new URLSearchParams({
    add: unions ? withUnions(where, effects) : where,
    v: '2',
    ...(name && { name }),
    ...(slicesPer && { 'slices-per': slicesPer }),
    ...(every && { every }),
    ...(sample && { sample }),
    ...(atLeast && { 'at-least': atLeast }),
    ...(cap && { cap }),
    ...(seed && { seed }),
    ...(split && { split }),
    ...(by && { by }),
    ...(stratify && { stratify }),
    ...(overlap && { overlap }),
    ...(folds && { folds }),
  })
  return readRecipe(query.toString(), 'options')
}

/** Name of the first option that is given. */
export const firstGiven = (options: Readonly<Record<string, unknown>>): string | undefined =>
  Object.entries(options).find(([, value]) => value !== undefined)?.[0]

/** The recipe with the manifest that it is read on; another one is said, and what its version does otherwise. */
export function pinned(
  recipe: Recipe,
  { manifest }: Pick<OpenManifest, 'manifest'>,
  { log }: Pick<Effects, 'log'>,
): Recipe {
  const old = oldSampleText(recipe)
  if (old) log(old)
  if (recipe.manifest && !manifest.id.startsWith(recipe.manifest))
    log(
      `The subset was made with manifest ${recipe.manifest.slice(0, 16)}, but this is ${manifest.id.slice(0, 16)}: counts and images may differ.`,
    )
  return { ...recipe, manifest: manifest.id }
}

/** Where the images of a subset come from, on which terms, and how to cite them. */
export const credits = (
  { recipe, datasets }: Pick<OpenSubset, 'recipe' | 'datasets'>,
  { manifest }: { readonly manifest: Pick<OpenManifest['manifest'], 'id' | 'name' | 'simulated'> },
): string =>
  creditsText(datasets, dataset => defectsOf(dataset).map(defect => defect.what), {
    name: recipe.name,
    manifest: `${manifest.name}${manifest.simulated ? ' (simulated)' : ''}, manifest ${manifest.id}`,
    recipe: formatAddress(recipe),
    bibtex: BIBTEX,
  })

/** What a file does not have, and how to select images that have no such masks; empty if it has everything. */
function omittedText(format: FormatName, omitted: Omitted): string {
  const masks = oddMasksText(omitted)
  if (masks === '') return ''
  const isOut = FORMATS[format].omits.unmasked && omitted.images > 0
  const images = isOut ? `, and ${countOf(omitted.images, 'image')} left without a mask` : ''
  const names = omitted.first.length > 0 ? `, such as ${omitted.first.join(', ')}` : ''
  return `Left out of ${format}, which cannot use them: ${masks}${images}${names}; --where '${NO_ODD_MASKS}' leaves out all images with such masks`
}

function inWords(
  cost: SubsetCost,
  sampled: SampleReport | null,
  split: SplitReport | null,
  out: string | undefined,
): string {
  const { images, masks, patients, cases, datasets, files, archive } = cost
  const lines = [
    `${out ? `${out}: ` : ''}${countOf(images, 'image')}, ${countOf(masks, 'mask')}, ${countOf(patients, 'patient')}, ${countOf(cases, 'case')}, ${countOf(datasets.length, 'dataset')}, ${countOf(files, 'file')}`,
    `  ${bytesText(cost)}`,
  ]
  if (sampled) lines.push(`  ${sampledText(sampled)}`)
  if (cost.unmasked > 0) lines.push(`  ${unmaskedText(cost.unmasked)}`)
  const odd = out ? '' : oddMasksNote(cost)
  if (odd) lines.push(`  ${odd}`)
  if (archive)
    lines.push(
      `  download: ${formatBytes(archive.rangeBytes)} in ${countOf(archive.ranges, 'read')} from ${countOf(archive.parts.length, 'ZIP part')}, instead of ${formatBytes(archive.wholeBytes)}; on disk ${formatBytes(archive.unpackedBytes)}`,
    )
  if (split) lines.push(...splitLines(split))
  return `${lines.join('\n')}\n`
}

/** Size of the PNG files, as far as it is known. */
function bytesText({ imageBytes, maskBytes }: SubsetCost): string {
  if (imageBytes === null)
    return 'image sizes unknown: measure the manifest, or build it from the ZIP'
  return maskBytes === null
    ? `${formatBytes(imageBytes)} of images`
    : `${formatBytes(imageBytes + maskBytes)} of images and masks`
}
