import { type CommandPlace, commandLine } from '../../lib/command-line'
import type { FormatName } from '../../lib/subset/formats'
import { fileNameOf, splitsToWrite } from '../../lib/subset/named-split'
import { isVersioned, type Recipe } from '../../lib/subset/recipe'
import { samplingPairs } from '../../lib/subset/sampling'
import { formatSizes, type SplitPlan } from '../../lib/subset/split-plan'

/**
 * The commands that write the same files as the page, one per line. There are several if a format has a file per split.
 */
export const writeCommands = (place: CommandPlace, recipe: Recipe, format: FormatName): string =>
  splitsToWrite(recipe, format)
    .map(split =>
      command(place, 'subset', recipe, [
        '--format',
        format,
        ...(split ? ['--only', split] : []),
        '--out',
        fileNameOf(format, split),
      ]),
    )
    .join('\n')

/** The command that fetches the files of a subset from the archive. */
export const fetchCommand = (place: CommandPlace, recipe: Recipe): string =>
  command(place, 'fetch', recipe, ['--archive', '/path/to/SA-Med2D-16M.zip', '--out', 'SAMed2Dv1'])

const command = (
  { samed2d, manifest }: CommandPlace,
  name: string,
  recipe: Recipe,
  rest: readonly string[],
): string => commandLine(samed2d, name, '--manifest', manifest, ...optionsOf(recipe), ...rest)

/** A recipe as command line options. Several steps or an old version need the subset file instead. */
function optionsOf(recipe: Recipe): string[] {
  const [first] = recipe.steps
  const { version, cap, seed, split, name } = recipe
  // Options always mean the latest version.
  const isOld = version === 1 && isVersioned(recipe)
  if (recipe.steps.length > 1 || first?.op !== 'add' || isOld)
    return ['--subset', `${name}.subset.json`]
  return [
    ...(name === 'subset' ? [] : ['--name', name]),
    ...(first.where === '' ? [] : ['--where', first.where]),
    ...samplingPairs(recipe).flatMap(([key, value]) => [`--${key}`, value]),
    ...(cap === undefined ? [] : ['--cap', String(cap)]),
    ...(seed === 1 ? [] : ['--seed', String(seed)]),
    ...(split ? ['--split', formatSizes(split)] : []),
    ...(recipe.version === 2 && recipe.split ? howOptions(recipe.split) : []),
  ]
}

/** Options for how a plan splits, where that differs from the default. */
const howOptions = (split: SplitPlan): string[] => [
  ...('folds' in split && split.folds ? ['--folds', String(split.folds)] : []),
  ...(split.by === 'patient' ? [] : ['--by', split.by]),
  ...(split.stratify === 'modality' ? [] : ['--stratify', split.stratify]),
  ...(split.overlap === 'together' ? [] : ['--overlap', split.overlap]),
]
