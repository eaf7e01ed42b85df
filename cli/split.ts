import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { UserError } from '../lib/errors'
import { countOf } from '../lib/format'
import { openManifest } from '../lib/store/open-manifest.node.ts'
import { type CheckedSplit, checkSplit } from '../lib/subset/check-split.node.ts'
import { parsePublishedSplit } from '../lib/subset/published-split'
import type { Effects } from './effects'
import { jsonText } from './json-text'
import { splitLines } from './split-lines'

export interface SplitOptions {
  /** JSON, JSON lines, CSV, or one list per split. */
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
  const files = await Promise.all(check.map(async name => ({ name, text: await textOf(name) })))
  const published = parsePublishedSplit(files)
  const opened = dir === undefined ? null : await openManifest(dir)
  try {
    const checked = await checkSplit(published, opened)
    effects.write(json ? jsonText({ check, ...checked }) : inWords(check, checked))
  } finally {
    opened?.engine.close()
  }
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    throw new UserError(`${path}: cannot be read (${(cause as Error).message})`, 1, { cause })
  }
}

function inWords(
  check: readonly string[],
  { report, unknown, firstUnknown, repeated }: CheckedSplit,
): string {
  const images = report.splits.reduce((sum, one) => sum + one.images, 0)
  const lines = [
    `${check.map(path => basename(path)).join(', ')}: ${countOf(images, 'image')}`,
    ...splitLines(report),
  ]
  if (repeated > 0) lines.push(`  warning: ${countOf(repeated, 'image')} in several splits`)
  if (unknown > 0)
    lines.push(`  warning: ${countOf(unknown, 'image')} unknown, such as ${firstUnknown}`)
  return `${lines.join('\n')}\n`
}
