import type { Recipe } from '../../lib/subset/recipe'

/** A value for bash, exactly as it is: nothing in it is run. */
const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The command that does what the page does; several steps need the subset file. */
export function commandOf(recipe: Recipe, command: 'subset' | 'fetch' = 'subset'): string {
  const [first] = recipe.steps
  const { sample, cap, seed, split, name } = recipe
  const isSimple = recipe.steps.length === 1 && first?.op === 'add'
  const options = isSimple
    ? [
        ...(first.where === '' ? [] : ['--where', quoted(first.where)]),
        ...(sample ? ['--sample', `${sample.per}:${sample.count}`] : []),
        ...(cap === undefined ? [] : ['--cap', String(cap)]),
        ...(seed === 1 ? [] : ['--seed', String(seed)]),
        ...(split ? ['--split', split.shares.join(',')] : []),
        ...(split && split.by !== 'case' ? ['--by', split.by] : []),
        ...(split && split.stratify !== 'modality' ? ['--stratify', split.stratify] : []),
        ...(split && !split.families ? ['--separate-families'] : []),
      ]
    : ['--subset', quoted(`${name}.subset.json`)]
  const rest =
    command === 'subset'
      ? ['--format', 'image2label', '--out', 'image2label_train.json']
      : ['--archive', '/path/to/SA-Med2D-16M.zip', '--out', 'SAMed2Dv1']
  return ['npx samed2d', command, '--manifest', 'manifests/release', ...options, ...rest].join(' ')
}

export const PYTHON = `import json
pairs = json.load(open("image2label_train.json"))   # {image path: [mask path, ...]}
for image, masks in pairs.items():
    ...`
