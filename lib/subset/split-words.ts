import type { SplitName } from './recipe'

/** Receives a possible path with its split; null if the split is unknown. */
export type Add = (path: string, split: SplitName | null) => void

const NAMES: ReadonlyMap<string, SplitName> = new Map([
  ['train', 'train'],
  ['training', 'train'],
  ['val', 'val'],
  ['valid', 'val'],
  ['validation', 'val'],
  ['dev', 'val'],
  ['test', 'test'],
  ['testing', 'test'],
])

/** Columns and fields that may record the split. The first one present is used. */
export const SPLIT_FIELDS = ['split', 'fold', 'subset', 'set'] as const

/** The field that numbers folds. */
export const FOLD_FIELD = 'fold'

/** More numbers than this are not folds of a cross-validation. */
const MOST_FOLDS = 50

/** The fold numbers among the values of a field; null if the values are not a few whole numbers. */
export function foldNumbers(values: Iterable<unknown>): string[] | null {
  const found = new Set([...values].map(value => String(value ?? '').trim()))
  found.delete('')
  const folds = [...found]
  if (folds.length < 2 || folds.length > MOST_FOLDS) return null
  return folds.every(fold => /^\d+$/.test(fold)) ? folds.sort((a, b) => +a - +b) : null
}

/** The split of a train image in a fold, given the fold that is held out as val. */
export const splitInFold = (
  own: SplitName | undefined,
  fold: unknown,
  heldOut: string | null,
): SplitName | undefined => {
  const isFolded = heldOut !== null && (own === undefined || own === 'train')
  const number = String(fold ?? '').trim()
  if (!isFolded || number === '') return own
  return number === heldOut ? 'val' : 'train'
}

/** The split that a word means, in any case and with common synonyms; undefined for none. */
export const splitCalled = (word: string): SplitName | undefined =>
  NAMES.get(word.trim().toLowerCase())

/** The splits that a file name contains as words. A name with one split is the list of that split. */
export function splitsInName(name: string): readonly SplitName[] {
  const base = name.split(/[\\/]/).at(-1) ?? name
  const words = base.toLowerCase().split(/[^a-z]+/)
  return [...new Set(words.flatMap(word => splitCalled(word) ?? []))]
}

const MASK_END = /--[0-9]{4}_[0-9]{3,5}$/

/** The image name in the path of an image or mask, without folder and `.png`; null for anything else. */
export function stemOf(path: string): string | null {
  const base = path.trim().split(/[\\/]/).at(-1) ?? ''
  const stem = base.replace(/\.png$/i, '')
  const parts = stem.split('--')
  if (parts.length < 4) return null
  return stem.replace(MASK_END, '')
}
