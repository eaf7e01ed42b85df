import { z } from 'zod'
import { UserError } from '../errors'
import { readOldWhere } from './old-where'
import { recipeProblem } from './recipe-problem'
import {
  numberOf,
  oldSampleSchema,
  readSampling,
  type Slices,
  sampleSchema,
  samplingPairs,
  slicesSchema,
} from './sampling'
import {
  formatSizes,
  newPlanOf,
  oldSplitSchema,
  readSizes,
  type SplitPlan,
  splitSchema,
} from './split-plan'

export const SPLIT_NAMES = ['train', 'val', 'test'] as const
export type SplitName = (typeof SPLIT_NAMES)[number]

const whole = z.number().int().nonnegative()
/** Image ids of one step. */
export const MAX_PICKED = 100_000

const stepSchema = z.union([
  z.strictObject({ op: z.enum(['add', 'subtract', 'intersect']), where: z.string().max(8192) }),
  z.strictObject({
    op: z.enum(['pick', 'drop']),
    images: z
      .array(whole.max(2 ** 32 - 1))
      .max(MAX_PICKED)
      .readonly(),
  }),
])

const parts = {
  format: z.literal('samed2d-subset'),
  name: z.string().max(120).default('subset'),
  /** Id of the manifest that it was made on; another one may have other images under it. */
  manifest: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/)
    .optional(),
  /** One after the other, from nothing; from everything if the first one takes away. */
  steps: z.array(stepSchema).min(1).max(100).readonly(),
  /** At most so many images of one dataset, after sampling. */
  cap: whole.min(1).optional(),
  seed: whole.max(2 ** 32 - 1).default(1),
}

/**
 * Samples of version 1 are no limits for labels, and its splits know cases but no patients; its recipes give their
 * old images for good.
 */
const oldRecipeSchema = z.strictObject({
  ...parts,
  version: z.literal(1),
  sample: oldSampleSchema.optional(),
  split: oldSplitSchema.optional(),
})

const recipeSchema = z.strictObject({
  ...parts,
  version: z.literal(2),
  /** Thins volumes out, before `sample`. */
  slices: slicesSchema.optional(),
  sample: sampleSchema.optional(),
  split: splitSchema.optional(),
})

export type OldRecipe = z.output<typeof oldRecipeSchema>
export type LatestRecipe = z.output<typeof recipeSchema>

/** How a subset is made: small, and the same images from it everywhere. */
export type Recipe = OldRecipe | LatestRecipe
export type RecipeStep = Recipe['steps'][number]

/** Whether a recipe has parts that mean something else in another version; steps alone never do. */
export const isVersioned = (recipe: Recipe): boolean =>
  Boolean(slicesOf(recipe) || recipe.sample || recipe.split) || recipe.cap !== undefined

/** Which slices of volumes it takes; undefined for all. */
export const slicesOf = (recipe: Recipe): Slices | undefined =>
  recipe.version === 2 ? recipe.slices : undefined

/** The recipe of one filter, of the latest version. */
export const recipeOf = (where: string, more: Partial<Recipe> = {}): Recipe =>
  recipeSchema.parse({
    format: 'samed2d-subset',
    version: 2,
    steps: [{ op: 'add', where }],
    ...more,
  })

/** A recipe in the latest version; see `isVersioned` for when it may select other images then. */
export const latest = (recipe: Recipe): LatestRecipe =>
  recipe.version === 2
    ? recipe
    : {
        ...recipe,
        version: 2,
        split: recipe.split && newPlanOf(recipe.split),
      }

/** A recipe with another split, which makes it one of the latest version. */
export const withSplit = (recipe: Recipe, split: SplitPlan): LatestRecipe => ({
  ...latest(recipe),
  split,
})

/**
 * Text of a recipe file → recipe.
 *
 * @throws UserError that says what is wrong in it.
 */
export function parseRecipe(text: string, where: string): Recipe {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (cause) {
    throw new UserError(
      `${where}: not valid JSON; give a subset file that samed2d or the page wrote`,
      1,
      {
        cause,
      },
    )
  }
  return checkRecipe(json, where)
}

/**
 * @param texts Parts as somebody wrote them, for messages.
 * @throws UserError as `parseRecipe`.
 */
export function checkRecipe(
  json: unknown,
  where: string,
  texts: Readonly<Record<string, string>> = {},
): Recipe {
  const schema = Object(json).version === 1 ? oldRecipeSchema : recipeSchema
  const parsed = schema.safeParse(json)
  if (parsed.success) {
    const { data } = parsed
    const recipe = data.version === 1 ? { ...data, steps: data.steps.map(readOldStep) } : data
    return isVersioned(recipe) ? recipe : latest(recipe)
  }
  const [issue] = parsed.error.issues
  throw new UserError(`${where}: ${recipeProblem(issue as z.core.$ZodIssue, json, texts)}`, 2)
}

const readOldStep = (step: RecipeStep): RecipeStep =>
  'where' in step ? { ...step, where: readOldWhere(step.where) } : step

export const recipeText = (recipe: Recipe): string => `${JSON.stringify(recipe, null, 1)}\n`

const STEP_KEYS = ['add', 'subtract', 'intersect', 'pick', 'drop'] as const

/** Every parameter of a recipe's query string. */
export const RECIPE_KEYS: readonly string[] = [
  ...STEP_KEYS,
  'v',
  'name',
  'every',
  'slices-per',
  'sample',
  'at-least',
  'cap',
  'seed',
  'split',
  'by',
  'stratify',
  'families',
  'overlap',
  'folds',
  'manifest',
]

/** Recipe → query string of the page's address, without "?": the same keys as the command's options. */
export function formatRecipe(recipe: Recipe): string {
  const pairs: [string, string][] = recipe.steps.map(step => [
    step.op,
    'where' in step ? step.where : step.images.join(','),
  ])
  const { version, name, manifest, cap, seed, split } = recipe
  if (version === 2 && isVersioned(recipe)) pairs.push(['v', '2'])
  if (name !== 'subset') pairs.push(['name', name])
  pairs.push(...samplingPairs(recipe))
  if (cap !== undefined) pairs.push(['cap', String(cap)])
  if (seed !== 1) pairs.push(['seed', String(seed)])
  if (split) pairs.push(['split', formatSizes(split)], ...splitPairs(recipe))
  if (manifest) pairs.push(['manifest', manifest.slice(0, 16)])
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
}

/** How a recipe splits, where that is not the default. */
function splitPairs(recipe: Recipe): [string, string][] {
  const pairs: [string, string][] = []
  if (recipe.version === 1) {
    const { by, stratify, families } = recipe.split ?? OLD_DEFAULTS
    if (by !== OLD_DEFAULTS.by) pairs.push(['by', by])
    if (stratify !== OLD_DEFAULTS.stratify) pairs.push(['stratify', stratify])
    if (!families) pairs.push(['families', '0'])
    return pairs
  }
  const { split } = recipe
  if (split && 'folds' in split && split.folds) pairs.push(['folds', String(split.folds)])
  for (const key of ['by', 'stratify', 'overlap'] as const)
    if (split && split[key] !== DEFAULTS[key]) pairs.push([key, split[key]])
  return pairs
}

const OLD_DEFAULTS = oldSplitSchema.parse({ shares: [1, 0, 0] })
const DEFAULTS = splitSchema.parse({ shares: [1, 0, 0] })

/**
 * Query string → recipe.
 *
 * @throws UserError naming the part that is not understood.
 */
export function readRecipe(query: string): Recipe {
  const steps: unknown[] = []
  const found: Record<string, string> = {}
  for (const [key, value] of new URLSearchParams(query)) {
    if (key === 'pick' || key === 'drop') {
      const images = value === '' ? [] : value.split(',').map(numberOf)
      steps.push({ op: key, images })
      if (images.some(Number.isNaN)) found[key] = value
    } else if ((STEP_KEYS as readonly string[]).includes(key)) steps.push({ op: key, where: value })
    else found[key] = value
  }
  const { name, manifest, cap, seed, split, folds } = found
  const version = versionOf(found)
  return checkRecipe(
    {
      format: 'samed2d-subset',
      version,
      steps,
      ...(name && { name }),
      ...(manifest && { manifest }),
      ...readSampling(found),
      ...(cap && { cap: numberOf(cap) }),
      ...(seed && { seed: numberOf(seed) }),
      ...((split || folds) && { split: splitOf(found, version) }),
    },
    'subset',
    textsOf(found),
  )
}

/** Parts of a split as they were written, to be checked. */
function splitOf(found: Readonly<Record<string, string>>, version: number): unknown {
  const { split = '1,0,0', by, stratify, families, overlap, folds } = found
  const how = { ...readSizes(split), ...(by && { by }), ...(stratify && { stratify }) }
  if (version === 1) return { ...how, ...(families === '0' && { families: false }) }
  return { ...how, ...(overlap && { overlap }), ...(folds && { folds: numberOf(folds) }) }
}

/** Version of a link: old links do not say it, and new ones only where it matters. */
function versionOf(found: Readonly<Record<string, string>>): number {
  if (found.v !== undefined) return numberOf(found.v)
  const isOld = found.sample || found.cap || found.split
  const isNew =
    found.every || found['slices-per'] || found['at-least'] || found.folds || found.overlap
  return isOld && !isNew ? 1 : 2
}

/** Parts of a query string under the names that they have in a recipe. */
function textsOf(found: Readonly<Record<string, string>>): Record<string, string> {
  const { v, every, sample } = found
  const [slices = found['slices-per'], chosen = found['at-least']] = [every, sample]
  return {
    ...found,
    ...(v !== undefined && { version: v }),
    ...(slices !== undefined && { slices }),
    ...(chosen !== undefined && { sample: chosen }),
  }
}
