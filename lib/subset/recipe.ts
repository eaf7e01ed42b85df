import { z } from 'zod'
import { UserError } from '../errors'
import { hasOldAll, readOldWhere } from './old-where'
import { recipeProblem, type WrittenParts } from './recipe-problem'
import { oldSampleSchema, type Slices, sampleSchema, slicesSchema } from './sampling'
import { newPlanOf, oldSplitSchema, type SplitPlan, splitSchema } from './split-plan'

export const SPLIT_NAMES = ['train', 'val', 'test'] as const
export type SplitName = (typeof SPLIT_NAMES)[number]

const whole = z.number().int().nonnegative()
/** Maximum number of image ids in a step. */
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
  /** Id of the manifest that the recipe was made with. In another manifest the same ids may be other images. */
  manifest: z
    .string()
    .regex(/^[0-9a-f]{8,64}$/)
    .optional(),
  /** Applied in order, starting from nothing. If the first step removes images, they start from all images. */
  steps: z.array(stepSchema).min(1).max(100).readonly(),
  /** Maximum number of images per dataset, applied after sampling. */
  cap: whole.min(1).optional(),
  seed: whole.max(2 ** 32 - 1).default(1),
}

/**
 * In version 1, a sample does not limit labels, and a split keeps cases together but not patients. Old recipes keep
 * this behaviour, so that they always select the same images.
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
  /** Keeps fewer slices of volumes. Applied before `sample`. */
  slices: slicesSchema.optional(),
  sample: sampleSchema.optional(),
  split: splitSchema.optional(),
})

export type OldRecipe = z.output<typeof oldRecipeSchema>
export type LatestRecipe = z.output<typeof recipeSchema>

/** A compact description of a subset. It selects the same images on every machine. */
export type Recipe = OldRecipe | LatestRecipe
export type RecipeStep = Recipe['steps'][number]

/** Whether a recipe has parts with another meaning in another version. Recipes with only steps hardly ever do. */
export const isVersioned = (recipe: Recipe): boolean =>
  Boolean(slicesOf(recipe) || recipe.sample || recipe.split) ||
  recipe.cap !== undefined ||
  (recipe.version === 1 && recipe.steps.some(step => 'where' in step && hasOldAll(step.where)))

/** Which slices of volumes a recipe keeps; undefined for all. */
export const slicesOf = (recipe: Recipe): Slices | undefined =>
  recipe.version === 2 ? recipe.slices : undefined

/** A recipe of the latest version with one filter. */
export const recipeOf = (where: string, more: Partial<Recipe> = {}): Recipe =>
  recipeSchema.parse({
    format: 'samed2d-subset',
    version: 2,
    steps: [{ op: 'add', where }],
    ...more,
  })

/** Convert a recipe to the latest version. It may then select other images; see `isVersioned`. */
export const latest = (recipe: Recipe): LatestRecipe =>
  recipe.version === 2
    ? recipe
    : {
        ...recipe,
        version: 2,
        split: recipe.split && newPlanOf(recipe.split),
      }

/** Replace the split of a recipe, which converts it to the latest version. */
export const withSplit = (recipe: Recipe, split: SplitPlan): LatestRecipe => ({
  ...latest(recipe),
  split,
})

/**
 * Text of a recipe file → recipe.
 *
 * @throws UserError that says what is wrong.
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

const AS_JSON: WrittenParts = { texts: {}, names: {} }

/**
 * @param written Parts in their original spelling, for messages.
 * @throws UserError as `parseRecipe`.
 */
export function checkRecipe(json: unknown, where: string, written: WrittenParts = AS_JSON): Recipe {
  const schema = Object(json).version === 1 ? oldRecipeSchema : recipeSchema
  const parsed = schema.safeParse(json)
  if (parsed.success) {
    const { data } = parsed
    const recipe = data.version === 1 ? { ...data, steps: data.steps.map(readOldStep) } : data
    return isVersioned(recipe) ? recipe : latest(recipe)
  }
  const [issue] = parsed.error.issues
  const problem = recipeProblem(issue as z.core.$ZodIssue, json, written)
  throw new UserError(`${written.start ?? `${where}: `}${problem}`, 2)
}

const readOldStep = (step: RecipeStep): RecipeStep =>
  'where' in step ? { ...step, where: readOldWhere(step.where) } : step

export const recipeText = (recipe: Recipe): string => `${JSON.stringify(recipe, null, 1)}\n`
