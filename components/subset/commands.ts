import type { FormatName } from '../../lib/subset/formats'
import type { Recipe } from '../../lib/subset/recipe'
import { fileNameOf, sidesToWrite } from '../../lib/subset/side'
import { formatSizes } from '../../lib/subset/split-plan'

/** A value for bash, exactly as it is: nothing in it is run. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The commands that write what the page writes, a line each: several where a form has a file for each side. */
export const writeCommands = (recipe: Recipe, format: FormatName): string =>
  sidesToWrite(recipe, format)
    .map(side =>
      command('subset', recipe, [
        ...['--format', format],
        ...(side ? ['--side', side] : []),
        ...['--out', fileNameOf(format, side)],
      ]),
    )
    .join('\n')

/** The command that fetches the subset's files out of the archive. */
export const fetchCommand = (recipe: Recipe): string =>
  command('fetch', recipe, ['--archive', '/path/to/SA-Med2D-16M.zip', '--out', 'SAMed2Dv1'])

const command = (name: string, recipe: Recipe, rest: readonly string[]): string =>
  ['npx samed2d', name, '--manifest', 'manifests/release', ...optionsOf(recipe), ...rest].join(' ')

/** A recipe as options; several steps need the subset file. */
function optionsOf(recipe: Recipe): string[] {
  const [first] = recipe.steps
  const { sample, cap, seed, split, name } = recipe
  if (recipe.steps.length > 1 || first?.op !== 'add')
    return ['--subset', quoted(`${name}.subset.json`)]
  return [
    ...(name === 'subset' ? [] : ['--name', quoted(name)]),
    ...(first.where === '' ? [] : ['--where', quoted(first.where)]),
    ...(sample ? ['--sample', `${sample.per}:${sample.count}`] : []),
    ...(cap === undefined ? [] : ['--cap', String(cap)]),
    ...(seed === 1 ? [] : ['--seed', String(seed)]),
    ...(split ? ['--split', formatSizes(split)] : []),
    ...(split && split.by !== 'case' ? ['--by', split.by] : []),
    ...(split && split.stratify !== 'modality' ? ['--stratify', split.stratify] : []),
    ...(split && !split.families ? ['--separate-families'] : []),
  ]
}
