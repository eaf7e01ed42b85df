import { UserError } from '../errors'
import { FORMATS, type FormatName } from './formats'
import { mayHaveImages } from './named-split'
import { type Recipe, SPLIT_NAMES, type SplitName } from './recipe'
import { RECIPE_KEYS } from './recipe-query'
import { unknownParameter } from './unknown-parameter'

/** Which images of a subset are written. */
export interface Part {
  readonly only: SplitName | null
  readonly fold: number | null
}

/** Parameters that a URL may have besides those of a recipe. `side` is the version 0.1 name of `only`. */
const PART_KEYS = ['only', 'side', 'fold']

/**
 * @param what As for `askedPart`.
 * @throws UserError for an unknown parameter in the URL of a subset or of a file.
 */
export function checkParameters(query: string, what: 'count' | FormatName): void {
  const isPacked = new URLSearchParams(query).has('z')
  const known = [...(isPacked ? ['z'] : RECIPE_KEYS), ...(what === 'count' ? [] : PART_KEYS)]
  const problem = unknownParameter(query, known, `/api/subset/${what}`)
  if (problem) throw new UserError(problem, 2)
}

/**
 * Read which part of a subset a URL asks for: `only=train` and `fold=1`, like `--only` and `--fold` on the command
 * line.
 *
 * @param what Format of the file, or `count`, which always covers all images.
 * @throws UserError for a part that the recipe does not have.
 */
export function askedPart(query: string, recipe: Recipe, what: 'count' | FormatName): Part {
  const asked = new URLSearchParams(query)
  if (what === 'count') return { only: null, fold: null }
  if (asked.has('only') && asked.has('side'))
    throw new UserError('side=: the same as only=, which is given too; leave side= out', 2)
  const only = onlyOf(asked.get('only') ?? asked.get('side'), recipe, what)
  return { only, fold: foldOf(asked.get('fold'), only, recipe) }
}

function onlyOf(asked: string | null, { split }: Recipe, format: FormatName): SplitName | null {
  if (asked === null) {
    if (!split || FORMATS[format].marksSplit) return null
    throw new UserError(
      `${format} does not record the split of an image: ask for one file per split, with only=train, only=val and only=test`,
      2,
    )
  }
  const found = SPLIT_NAMES.find(name => name === asked)
  if (!found)
    throw new UserError(
      `only=${asked}: unknown split; expected one of ${SPLIT_NAMES.join(', ')}`,
      2,
    )
  if (!split)
    throw new UserError(`only=${asked}: the subset has no split; add split=, or leave out only=`, 2)
  if (!mayHaveImages(split, found))
    throw new UserError(
      `only=${asked}: the split gives ${asked} no images; choose other sizes, or leave out only=`,
      2,
    )
  return found
}

function foldOf(asked: string | null, only: SplitName | null, recipe: Recipe): number | null {
  const split = recipe.version === 2 ? recipe.split : undefined
  const folds = split && 'folds' in split ? split.folds : undefined
  if (asked === null) {
    if (folds === undefined || only !== 'val') return null
    throw new UserError(`only=val: val is one of ${folds} folds; add fold=1 to fold=${folds}`, 2)
  }
  if (folds === undefined)
    throw new UserError(`fold=${asked}: the subset has no folds; add folds=, or leave out fold=`, 2)
  const nth = Number(asked)
  if (Number.isInteger(nth) && nth >= 1 && nth <= folds) return nth
  throw new UserError(`fold=${asked}: unknown fold; expected a whole number from 1 to ${folds}`, 2)
}
