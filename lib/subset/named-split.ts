import { UserError } from '../errors'
import { FORMATS, type FormatName } from './formats'
import { type Recipe, SPLIT_NAMES, type SplitName } from './recipe'
import { wantedSplits } from './wanted-splits'

/**
 * The requested split; null for all splits.
 *
 * @param only As requested; undefined for all.
 * @throws UserError for an unknown name, and for a subset without splits.
 */
export function namedSplit(
  only: string | undefined,
  { split }: Pick<Recipe, 'split'>,
): SplitName | null {
  if (only === undefined) return null
  const found = SPLIT_NAMES.find(name => name === only)
  if (!found)
    throw new UserError(
      `--only ${only}: unknown split; expected one of ${SPLIT_NAMES.join(', ')}`,
      2,
    )
  if (!split)
    throw new UserError(
      `--only ${only}: the subset has no split; add --split, or leave out --only`,
      2,
    )
  if (!mayHaveImages(split, found))
    throw new UserError(
      `--only ${only}: the split gives ${only} no images; choose other sizes, or leave out --only`,
      2,
    )
  return found
}

/** Whether a split can have images. A split of size 0 has none, except val with folds. */
export const mayHaveImages = (split: NonNullable<Recipe['split']>, part: SplitName): boolean =>
  wantedSplits(split).includes(part) ||
  (part === 'val' && 'folds' in split && split.folds !== undefined)

/**
 * The split that is written in a format; null for all splits.
 *
 * @throws UserError as `namedSplit`, and for all splits in a format that does not record them.
 */
export function splitOf(
  only: string | undefined,
  recipe: Pick<Recipe, 'split'>,
  format: FormatName,
): SplitName | null {
  const found = namedSplit(only, recipe)
  if (found || !recipe.split || FORMATS[format].marksSplit) return found
  throw new UserError(
    `${format} does not record the split of an image: write one file per split, with --only train, --only val and --only test (in a URL, only=train)`,
    2,
  )
}

/**
 * The fold of cross-validation that is used as val; null for none.
 *
 * @param fold As requested; undefined for none.
 * @throws UserError for a fold that the recipe does not have, and for val without a fold.
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

/**
 * The files that hold a subset in a format, by their splits: a file per split if the format does not record the split,
 * else a single null.
 */
export const splitsToWrite = (
  { split }: Pick<Recipe, 'split'>,
  format: FormatName,
): readonly (SplitName | null)[] =>
  split && !FORMATS[format].marksSplit ? wantedSplits(split) : [null]

/** Split in the names of the two files of the SAM-Med2D code, if the subset is not split. */
const LOADER_SPLITS: Partial<Record<FormatName, SplitName>> = {
  image2label: 'train',
  label2image: 'test',
}

/** Name of a file, such as `image2label_train.json` or `subset.csv`. */
export function fileNameOf(format: FormatName, split: SplitName | null): string {
  const { file, extension } = FORMATS[format]
  const part = split ?? LOADER_SPLITS[format]
  return `${file}${part ? `_${part}` : ''}.${extension}`
}
