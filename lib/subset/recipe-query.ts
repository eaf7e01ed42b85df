import { UserError } from '../errors'
import { checkRecipe, isVersioned, type Recipe } from './recipe'
import type { WrittenParts } from './recipe-problem'
import { exclusiveKeys, numberOf, readSampling, samplingPairs } from './sampling'
import { formatSizes, oldSplitSchema, readSizes, splitSchema } from './split-plan'

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

/** Recipe → query string of the page's URL, without "?". Keys are the same as the command's options. */
export function formatRecipe(recipe: Recipe): string {
  const pairs: [string, string][] = recipe.steps.map(step => [
    step.op,
    'where' in step ? step.where : step.images.join(','),
  ])
  const { version, name, manifest, cap, seed, split } = recipe
  if (version === 2 && isVersioned(recipe)) pairs.push(['v', '2'])
  // Links with only steps and no version are read as version 2, so version 1 must be written.
  if (version === 1 && !recipe.sample && !split && cap === undefined) pairs.push(['v', '1'])
  if (name !== 'subset') pairs.push(['name', name])
  pairs.push(...samplingPairs(recipe))
  if (cap !== undefined) pairs.push(['cap', String(cap)])
  if (seed !== 1) pairs.push(['seed', String(seed)])
  if (split) pairs.push(['split', formatSizes(split)], ...splitPairs(recipe))
  if (manifest) pairs.push(['manifest', manifest.slice(0, 16)])
  return pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
}

/** How a recipe splits, where that differs from the default. */
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

/** How messages name the parts of a recipe: as parameters of a URL, or as options of a command. */
export type RecipeWords = 'parameters' | 'options'

/**
 * Query string → recipe.
 *
 * @throws UserError that names the part that cannot be read.
 */
export function readRecipe(query: string, words: RecipeWords = 'parameters'): Recipe {
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
  const idle = idleProblem(found, version)
  if (idle) throw new UserError(`subset: ${idle}`, 2)
  const exclusive = exclusiveKeys(found)
  if (exclusive) {
    const keys = exclusive.map(key => (words === 'options' ? `--${key}` : key))
    const text = `${keys.join(' and ')} exclude each other; leave one out`
    throw new UserError(words === 'options' ? text : `subset: ${text}`, 2)
  }
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
    writtenParts(found, words),
  )
}

/**
 * Parameters without effect: parts of a split without a split, and parts of the other version's split. Null if there
 * are none.
 */
function idleProblem(found: Readonly<Record<string, string>>, version: number): string | null {
  const given = (keys: readonly string[]) => keys.find(key => found[key])
  const alone = given(['by', 'stratify', 'families', 'overlap'])
  if (alone && !found.split && !found.folds)
    return `${alone} ${found[alone]}: needs a split; add split=0.8,0.1,0.1, or leave out ${alone}=`
  const other = version === 1 ? given(['overlap', 'folds']) : given(['families'])
  if (!other) return null
  return version === 1
    ? `${other} ${found[other]}: not part of a subset of version 1; leave it out, or write v=2`
    : `${other} ${found[other]}: part of version 1; write overlap=together, overlap=warn or overlap=exclude instead`
}

/** The unchecked parts of a split as they were written. */
function splitOf(found: Readonly<Record<string, string>>, version: number): unknown {
  const { split = '1,0,0', by, stratify, families, overlap, folds } = found
  const how = { ...readSizes(split), ...(by && { by }), ...(stratify && { stratify }) }
  if (version === 1) return { ...how, ...(families === '0' && { families: false }) }
  return { ...how, ...(overlap && { overlap }), ...(folds && { folds: numberOf(folds) }) }
}

/** Version of a link. Old links do not record a version, and new links do so only where it matters. */
function versionOf(found: Readonly<Record<string, string>>): number {
  if (found.v !== undefined) return numberOf(found.v)
  const isOld = found.sample || found.cap || found.split
  const isNew =
    found.every || found['slices-per'] || found['at-least'] || found.folds || found.overlap
  return isOld && !isNew ? 1 : 2
}

/** Parts of a query string, keyed by their names in a recipe. */
function writtenParts(found: Readonly<Record<string, string>>, words: RecipeWords): WrittenParts {
  const calls = {
    ...Object.fromEntries(Object.keys(found).map(key => [key, key])),
    slices: found.every === undefined ? 'slices-per' : 'every',
    sample: found.sample === undefined ? 'at-least' : 'sample',
  }
  const texts = Object.entries(calls).flatMap(([part, key]) => {
    const text = found[key]
    return text === undefined ? [] : [[part, text] as const]
  })
  if (found.v !== undefined) texts.push(['version', found.v])
  const names = Object.entries(calls).map(([part, key]) => [
    part,
    words === 'options' ? `--${key}` : key,
  ])
  return {
    texts: Object.fromEntries(texts),
    names: Object.fromEntries(names),
    ...(words === 'options' && { start: '' }),
  }
}
