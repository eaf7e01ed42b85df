import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { UserError } from '../lib/errors'
import { countOf } from '../lib/format'
import { openManifest } from '../lib/store/open-manifest.node.ts'
import { type CheckedSplit, checkSplit } from '../lib/subset/check-split.node.ts'
import { listed } from '../lib/subset/listed'
import { parsePublishedSplits } from '../lib/subset/published-split'
import type { Effects } from './effects'
import { jsonText } from './json-text'
import { splitLines } from './split-lines'

export interface SplitOptions {
  /** JSON, JSON lines, a table, nnU-Net's splits_final.json, or one list per split. */
  readonly check: readonly string[]
  readonly manifest?: string
  readonly json?: boolean
}

/**
 * `samed2d split --check`: the report of a split that somebody else made.
 *
 * @throws UserError for a file that cannot be read or tells no split.
 */
export async function split(
  { check, manifest: dir, json = false }: SplitOptions,
  effects: Pick<Effects, 'write'>,
): Promise<void> {
  const twice = check.find((path, nth) => check.some((one, at) => at < nth && isSame(one, path)))
  if (twice !== undefined) throw new UserError(`${twice}: is given twice; give each file once`, 2)
  const files = await Promise.all(check.map(async name => ({ name, text: await textOf(name) })))
  const published = parsePublishedSplits(files)
  const opened = dir === undefined ? null : await openManifest(dir)
  try {
    const checked: CheckedSplit[] = []
    for (const fold of published.folds) checked.push(await checkSplit(fold, opened))
    const [only] = checked
    const { without } = published
    const isOne = checked.length === 1 && only !== undefined
    const folds = checked.map((one, nth) => ({ fold: nth + 1, ...one }))
    if (json)
      effects.write(jsonText(isOne ? { check, ...only, without } : { check, folds, without }))
    else {
      const texts = isOne
        ? [inWords(namesOf(check), only)]
        : folds.map(one => inWords(`${namesOf(check)}, fold ${one.fold}`, one))
      effects.write([...texts, ...withoutText(without)].join(isOne ? '' : '\n'))
    }
  } finally {
    opened?.engine.close()
  }
}

const withoutText = ([first, ...more]: readonly string[]): string[] =>
  first === undefined
    ? []
    : [
        `  warning: ${countOf(1 + more.length, 'image')} named without train, val or test, such as ${first}\n`,
      ]

const isSame = (one: string, other: string) => resolve(one) === resolve(other)

const namesOf = (paths: readonly string[]) => paths.map(path => basename(path)).join(', ')

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    if (code === 'EISDIR')
      throw new UserError(`${path}: is a folder; give the files that list the images`, 1, { cause })
    throw new UserError(`${path}: cannot be read (${message})`, 1, { cause })
  }
}

/** A report with its title; what is worst comes first. */
function inWords(
  title: string,
  { report, images, unknown, firstUnknown, repeated, firstRepeated }: CheckedSplit,
): string {
  const lines = [`${title}: ${countOf(images, 'image')}`]
  if (firstRepeated)
    lines.push(
      `  warning: ${countOf(repeated, 'image is', 'images are')} in several splits, such as ${firstRepeated.image} (${listed(firstRepeated.splits)})`,
    )
  lines.push(...splitLines(report))
  if (unknown > 0)
    lines.push(`  warning: ${countOf(unknown, 'image')} unknown, such as ${firstUnknown}`)
  return `${lines.join('\n')}\n`
}
