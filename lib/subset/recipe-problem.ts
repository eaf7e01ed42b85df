import type { z } from 'zod'
import { ALGORITHM } from '../split/algorithm'

const IMAGE_IDS = 'image ids: at most 100,000 whole numbers, such as 12,345'

/** What to write for each part of a recipe, with an example. */
const WANTED: Readonly<Record<string, string>> = {
  format: '"samed2d-subset", as in files written by samed2d or the page',
  version: '1 or 2, the versions that this samed2d reads',
  name: 'at most 120 characters, such as liver',
  manifest: 'the first 8 to 64 characters of a manifest’s id, in 0-9 and a-f',
  steps:
    'at least one filter, of at most 8192 characters, such as add=modality%3DCT, or image ids, such as pick=12,345',
  pick: IMAGE_IDS,
  drop: IMAGE_IDS,
  every: 'one slice in how many, a whole number from 2, such as 4',
  'slices-per': 'a key and a number of slices, such as patient:20; keys are patient and case',
  slices:
    'one slice in how many, such as every=4, or a key and a number of slices, such as slices-per=patient:20; keys are patient and case',
  sample:
    'a key and a number of images, such as label:500; keys are all, modality, dataset, case, patient, organ and label',
  cap: 'the maximum number of images per dataset, a whole number from 1, such as 2000',
  seed: 'a whole number from 0 to 4294967295, such as 7',
  split:
    'three shares that sum up to 1, such as 0.8,0.1,0.1, or numbers of images, such as 3000,500,500 or 3000,500,rest',
  by: 'patient, case or image',
  stratify: 'modality, label or none',
  families: 'true or false',
  overlap: 'together, warn or exclude',
  folds: 'a whole number from 2 to 20, with a split whose val is 0, such as 1,0,0 or 0.8,0,0.2',
  algorithm: `${ALGORITHM}, the one that this samed2d has`,
}

/** Parts of a recipe in their original spelling, for messages. */
export interface WrittenParts {
  /** Text before the part; by default the place of the recipe. */
  readonly start?: string
  /** Keyed by the part's name in a recipe. */
  readonly texts: Readonly<Record<string, string>>
  /** Names of the parts in that spelling, where they differ from those in a recipe. */
  readonly names: Readonly<Record<string, string>>
}

const OF_SPLIT = ['by', 'stratify', 'families', 'overlap', 'folds', 'algorithm']

/** Maximum characters of a value in a message. */
const MOST_SHOWN = 60

/**
 * What is wrong with a recipe, and what to write instead.
 *
 * @param issue The first issue of the schema.
 * @param json The invalid recipe.
 * @param written Parts in their original spelling; other parts are shown as JSON.
 */
export function recipeProblem(
  issue: z.core.$ZodIssue,
  json: unknown,
  { texts, names }: Pick<WrittenParts, 'texts' | 'names'>,
): string {
  const key = keyOf(issue, json)
  if (issue.code === 'unrecognized_keys' && key === '')
    return `${issue.keys.join(', ')}: not part of a subset${Object(json).version === 1 ? ' of version 1' : ''}; leave it out`
  const name = names[key] ?? key
  const wanted =
    key === 'by' && Object(json).version === 1
      ? 'case or image'
      : (WANTED[name.replace(/^--/, '')] ?? WANTED[key])
  if (!wanted) return 'not a subset; give a subset file that samed2d or the page wrote'
  const found = texts[key] ?? textOf(key, Object(json))
  return `${name}${found === null ? '' : ` ${found.slice(0, MOST_SHOWN)}`}: write ${wanted}`
}

/** A part in the spelling of a JSON file; null for `pick` and `drop`, which may occur in several steps. */
function textOf(key: string, json: Record<string, unknown>): string | null {
  if (key === 'pick' || key === 'drop') return null
  const part = OF_SPLIT.includes(key) ? Object(json.split)[key] : json[key]
  return part === undefined ? 'missing' : JSON.stringify(part)
}

/**
 * The part that an issue is about. If a split matches none of the schema's variants, the issue is about the part that
 * is wrong in all of them.
 */
function keyOf(issue: z.core.$ZodIssue, json: unknown): string {
  const [first = '', at] = issue.path
  // If only one variant of a split comes near, the schema reports that variant's issue directly.
  const part = OF_SPLIT.find(key => first === 'split' && key === at)
  if (part) return part
  if (first === 'split' && issue.code === 'invalid_union')
    return (
      OF_SPLIT.find(key => issue.errors.every(errors => errors.some(one => isAbout(one, key)))) ??
      'split'
    )
  if (first === 'steps' && typeof at === 'number') {
    const { op } = Object(Object(json).steps?.[at])
    if (op === 'pick' || op === 'drop') return op
  }
  return String(first)
}

/** Whether an issue of one schema variant is about a part. The variant may not have that part. */
const isAbout = (issue: z.core.$ZodIssue, key: string) =>
  issue.path[0] === key || (issue.code === 'unrecognized_keys' && issue.keys.includes(key))
