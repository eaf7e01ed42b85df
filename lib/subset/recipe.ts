import { z } from 'zod'
import { UserError } from '../errors'
import { recipeProblem } from './recipe-problem'
import { formatSizes, oldSplitSchema, readSizes, type SplitPlan, splitSchema } from './split-plan'

/** What one can take N images per. */
export const SAMPLE_KEYS = ['all', 'modality', 'dataset', 'case', 'organ', 'label'] as const
export type SampleKey = (typeof SAMPLE_KEYS)[number]

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
  /** At most so many images for each value of a key; an image may be among those of several labels. */
  sample: z.strictObject({ per: z.enum(SAMPLE_KEYS), count: whole.min(1) }).optional(),
  /** At most so many images of one dataset, after sampling. */
  cap: whole.min(1).optional(),
  seed: whole.max(2 ** 32 - 1).default(1),
}

/** Version 1 splits cases, not patients; its recipes give their old images for good. */
const oldRecipeSchema = z.strictObject({
  ...parts,
  version: z.literal(1),
  split: oldSplitSchema.optional(),
})

const recipeSchema = z.strictObject({
  ...parts,
  version: z.literal(2),
  split: splitSchema.optional(),
})

/** How a subset is made: small, and the same images from it everywhere. */
export type Recipe = z.output<typeof oldRecipeSchema> | z.output<typeof recipeSchema>
export type RecipeStep = Recipe['steps'][number]

/** The recipe of one filter. */
export const recipeOf = (where: string, more: Partial<Recipe> = {}): Recipe =>
  recipeSchema.parse({
    ...{ format: 'samed2d-subset', version: 2, steps: [{ op: 'add', where }] },
    ...more,
  })

/** A recipe with another split, which makes it one of version 2. */
export const withSplit = (recipe: Recipe, split: SplitPlan): Recipe => ({
  ...recipe,
  version: 2,
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
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new UserError(`${where}: ${recipeProblem(issue as z.core.$ZodIssue, json, texts)}`, 2)
}

export const recipeText = (recipe: Recipe): string => `${JSON.stringify(recipe, null, 1)}\n`

const STEP_KEYS = ['add', 'subtract', 'intersect', 'pick', 'drop'] as const

/** Recipe → query string of the page's address, without "?": the same keys as the command's options. */
export function formatRecipe(recipe: Recipe): string {
  const pairs: [string, string][] = recipe.steps.map(step => [
    step.op,
    'where' in step ? step.where : step.images.join(','),
  ])
  const { name, manifest, sample, cap, seed, split } = recipe
  if (name !== 'subset') pairs.push(['name', name])
  if (sample) pairs.push(['sample', `${sample.per}:${sample.count}`])
  if (cap !== undefined) pairs.push(['cap', String(cap)])
  if (seed !== 1) pairs.push(['seed', String(seed)])
  if (split) pairs.push(['split', formatSizes(split)], ...splitPairs(recipe))
  if (manifest) pairs.push(['manifest', manifest.slice(0, 16)])
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
}

/** How a recipe splits, where that is not the default. A link without `v` is of version 1, as all once were. */
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
  pairs.push(['v', '2'])
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
  const { name, manifest, sample, cap, seed, split, v } = found
  const [per, count] = (sample ?? '').split(':')
  const version = v !== undefined ? numberOf(v) : split || found.folds ? 1 : 2
  return checkRecipe(
    {
      ...{ format: 'samed2d-subset', version, steps },
      ...(name && { name }),
      ...(manifest && { manifest }),
      ...(sample && { sample: { per, count: numberOf(count ?? '') } }),
      ...(cap && { cap: numberOf(cap) }),
      ...(seed && { seed: numberOf(seed) }),
      ...((split || found.folds) && { split: splitOf(found, version) }),
    },
    'subset',
    found,
  )
}

/** Parts of a split as they were written, to be checked. */
function splitOf(found: Readonly<Record<string, string>>, version: number): unknown {
  const { split = '1,0,0', by, stratify, families, overlap, folds } = found
  const how = { ...readSizes(split), ...(by && { by }), ...(stratify && { stratify }) }
  if (version === 1) return { ...how, ...(families === '0' && { families: false }) }
  return { ...how, ...(overlap && { overlap }), ...(folds && { folds: numberOf(folds) }) }
}

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
