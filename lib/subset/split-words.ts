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
