import { UserError } from '../errors'
import { FORMATS, type FormatName } from './formats'
import { type Recipe, SPLIT_NAMES, type SplitName } from './recipe'
import { wantedSplits } from './wanted-splits'

/**
 * The side of its split that is asked for; null for the whole subset.
 *
 * @param side As it was asked for; undefined for none.
 * @throws UserError for what is no side, or has none.
 */
export function namedSide(
  side: string | undefined,
  { split }: Pick<Recipe, 'split'>,
): SplitName | null {
  if (side === undefined) return null
  const found = SPLIT_NAMES.find(name => name === side)
  if (!found)
    throw new UserError(
      `--only ${side}: unknown split; expected one of ${SPLIT_NAMES.join(', ')}`,
      2,
    )
  if (!split)
    throw new UserError(
      `--only ${side}: the subset has no split; add --split, or leave out --only`,
      2,
    )
  return found
}

/**
 * Which side of its split is written in a form; null for the whole subset.
 *
 * @throws UserError as `namedSide`, and for a whole split in a form that would mix its sides.
 */
export function sideOf(
  side: string | undefined,
  recipe: Pick<Recipe, 'split'>,
  format: FormatName,
): SplitName | null {
  const found = namedSide(side, recipe)
  if (found || !recipe.split || FORMATS[format].marksSplit) return found
  throw new UserError(
    `${format} does not record the split of an image: write one file per split, with --only train, --only val and --only test (in a URL, side=train)`,
    2,
  )
}

/**
 * The fold of cross-validation that is val; null for none.
 *
 * @param fold As it was asked for; undefined for none.
 * @throws UserError for what is no fold of the recipe, and for val without one.
 */
export function foldOf(
  fold: string | undefined,
  only: SplitName | null,
  recipe: Recipe,
): number | null {
  const split = recipe.version === 2 ? recipe.split : undefined
  const folds = split && 'folds' in split ? split.folds : undefined
  if (fold === undefined) {
    if (folds === undefined || only !== 'val') return null
    throw new UserError(
      `--only val: val is one of ${folds} folds; add --fold 1 to --fold ${folds} (in a URL, fold=1)`,
      2,
    )
  }
  if (folds === undefined)
    throw new UserError(
      `--fold ${fold}: the subset has no folds; add --folds, or leave out --fold`,
      2,
    )
  const nth = Number(fold)
  if (Number.isInteger(nth) && nth >= 1 && nth <= folds) return nth
  throw new UserError(`--fold ${fold}: unknown fold; expected a whole number from 1 to ${folds}`, 2)
}

/** The files that hold a subset in a form: one, or one for each side of a split that it does not mark. */
export const sidesToWrite = (
  { split }: Pick<Recipe, 'split'>,
  format: FormatName,
): readonly (SplitName | null)[] =>
  split && !FORMATS[format].marksSplit ? wantedSplits(split) : [null]

/** What the SAM-Med2D code calls its two files where nothing is split. */
const LOADER_SIDES: Partial<Record<FormatName, SplitName>> = {
  image2label: 'train',
  label2image: 'test',
}

/** Name of a file, such as `image2label_train.json` or `subset.csv`. */
export function fileNameOf(format: FormatName, side: SplitName | null): string {
  const { file, extension } = FORMATS[format]
  const part = side ?? LOADER_SIDES[format]
  return `${file}${part ? `_${part}` : ''}.${extension}`
}
