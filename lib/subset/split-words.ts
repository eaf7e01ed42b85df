import type { SplitName } from './recipe'

/** Takes what may be a path, with its split; null if nothing tells that. */
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

/** Columns and fields that may say the split; the first that does counts. */
export const SPLIT_FIELDS = ['split', 'fold', 'subset', 'set'] as const

/** The fold that a field of this name numbers. */
export const FOLD_FIELD = 'fold'

/** More numbers than any cross-validation has are no folds. */
const MOST_FOLDS = 50

/** The numbers of folds among the values of a field; null if these are not some whole numbers. */
export function foldNumbers(values: Iterable<unknown>): string[] | null {
  const found = new Set([...values].map(value => String(value ?? '').trim()))
  found.delete('')
  const folds = [...found]
  if (folds.length < 2 || folds.length > MOST_FOLDS) return null
  return folds.every(fold => /^\d+$/.test(fold)) ? folds.sort((a, b) => +a - +b) : null
}

/** Split of an image of train in a fold, where another fold is held out: that one is val. */
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

/** The split that a word means, as people call them, in any case; undefined for none. */
export const splitCalled = (word: string): SplitName | undefined =>
  NAMES.get(word.trim().toLowerCase())

/** The splits that are words of a file's name: one, if the file is the list of a split. */
export function splitsInName(name: string): readonly SplitName[] {
  const base = name.split(/[\\/]/).at(-1) ?? name
  const words = base.toLowerCase().split(/[^a-z]+/)
  return [...new Set(words.flatMap(word => splitCalled(word) ?? []))]
}

const MASK_END = /--[0-9]{4}_[0-9]{3,5}$/

/** Of an image's or a mask's path, the image's name without folder and `.png`; null for anything else. */
export function stemOf(path: string): string | null {
  const base = path.trim().split(/[\\/]/).at(-1) ?? ''
  const stem = base.replace(/\.png$/i, '')
  const parts = stem.split('--')
  if (parts.length < 4) return null
  return stem.replace(MASK_END, '')
}
