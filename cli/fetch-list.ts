import { open } from 'node:fs/promises'
import { UserError } from '../lib/errors'
import { countOf } from '../lib/format'
import type { FetchSource } from '../lib/subset/fetch/fetch-source'
import type { OpenSource } from '../lib/subset/fetch/open-source.node.ts'
import type { Wanted } from '../lib/subset/fetch/wanted'
import { wantedOfList } from '../lib/subset/fetch/wanted-list.node.ts'
import type { Effects } from './effects'
import { isCaseLayout } from './fetch-cases'
import { fetchFilesInto, sayPlan } from './fetch-into'
import type { FetchCommandOptions, Layout } from './fetch-options'
import { noTexts } from './fetch-texts'
import { progressOf } from './progress'
import { firstGiven } from './subset'

/** What files are fetched from: as it was opened, and as a source of files. */
export interface From {
  readonly found: OpenSource
  readonly source: FetchSource
}

/** @throws UserError for a command line that names neither a manifest nor files, or an option that needs a manifest. */
export function assertList(options: FetchCommandOptions, layout: Layout): void {
  if (isCaseLayout(layout))
    throw new UserError(
      `--layout ${layout}: needs a manifest, which knows the labels of masks; add --manifest DIR`,
      2,
    )
  const { subset, file, where, every, slicesPer, sample, atLeast, cap, split, only } = options
  if (subset === undefined && file === undefined)
    throw new UserError(
      'fetch: give --subset FILE or --file NAME, or --manifest DIR and a filter',
      2,
    )
  const other = firstGiven({
    where,
    every,
    'slices-per': slicesPer,
    sample,
    'at-least': atLeast,
    cap,
    split,
    only,
  })
  if (other)
    throw new UserError(`--${other} needs a manifest; add --manifest, or leave out --${other}`, 2)
}

/** Bytes of a file that tell whether it is a subset file. */
const HEAD_BYTES = 64

/** @throws UserError for a list of files, or names of files, beside a manifest. */
export async function assertNoList({ subset, file }: FetchCommandOptions): Promise<void> {
  if (file !== undefined)
    throw new UserError(
      '--file names files of the archive, and needs no manifest; leave out --manifest or --file',
      2,
    )
  if (subset === undefined) return
  const isRecipe = subset !== '-' && (await startsLikeRecipe(subset))
  if (!isRecipe)
    throw new UserError(
      `--subset ${subset}: a list of files, which needs no manifest: leave out --manifest; or give a subset file that samed2d or the page wrote`,
      2,
    )
}

async function startsLikeRecipe(path: string): Promise<boolean> {
  const file = await open(path).catch(cause => {
    throw new UserError(`--subset ${path}: cannot be read (${cause.message})`, 1, { cause })
  })
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.toString('utf8', 0, bytesRead)
    // What is no list either is refused as a recipe, with what is wrong in it.
    return /^\s*\{/.test(head) && !/^\s*\{\s*"[^"]*\.png"/.test(head)
  } finally {
    await file.close()
  }
}

/** Fetch the files that a list or `--file` names. @throws UserError for a list that is not used completely. */
export async function fetchListed(
  { found, source }: From,
  layout: Layout,
  options: FetchCommandOptions,
  effects: Effects,
): Promise<void> {
  const { subset: list = null, file: names = [], allowMissing = false } = options
  const onProgress = progressOf(
    effects,
    found.kind === 'archive'
      ? { label: 'Reading the directory', unit: 'MB', scale: 1e6 }
      : { label: 'Reading the folder', unit: 'files' },
  )
  const wanted = await wantedOfList(found, { list, names }, onProgress, effects.signal).catch(
    cause => {
      throw named('subset', list ?? '', cause)
    },
  )
  try {
    if (wanted.files + wanted.others.length + wanted.missing === 0)
      throw new UserError(
        `--subset ${list}: names no file; give file names one per line, a table with a column such as image or mask, JSON, or a file that the command subset wrote`,
        2,
      )
    if (options.dryRun) sayPlan(source, wanted, layout, options, effects)
    if (wanted.missing > 0 && !allowMissing) throw notUsed(wanted, list)
    const texts = noTexts(source, wanted.others)
    if (!options.dryRun && !isCaseLayout(layout))
      await fetchFilesInto(source, wanted, layout, texts, options, effects)
  } finally {
    wanted.close()
  }
}

/** The error for names that are not there and lines that are not used, before anything is fetched. */
function notUsed({ missing, firstMissing, files, others }: Wanted, list: string | null): UserError {
  const rest = files + others.length
  const more = missing > firstMissing.length ? '; …' : ''
  const place = list === null ? '' : `--subset ${list}: `
  return new UserError(
    `${place}${countOf(missing, 'name')} cannot be fetched: ${firstMissing.join('; ')}${more}; correct ${missing === 1 ? 'it' : 'them'}${rest > 0 ? `, or add --allow-missing to fetch the other ${countOf(rest, 'file')}` : ''}`,
  )
}

/** An error about the value of an option, with the option's name; any other error as it is. */
export function named(option: string, value: string, error: unknown): unknown {
  return error instanceof UserError && error.message.startsWith(value)
    ? new UserError(`--${option} ${error.message}`, error.exitCode, { cause: error })
    : error
}
