import { UserError } from '../errors'
import type { SplitName } from './recipe'

/** An image that somebody put into a split. */
export interface PublishedImage {
  /** File name without folder and `.png`. */
  readonly stem: string
  readonly split: SplitName
}

/** A file with a split, or with one part of it. */
export interface PublishedFile {
  readonly name: string
  readonly text: string
}

/** What people call the splits. */
const NAMES: Readonly<Record<string, SplitName>> = {
  train: 'train',
  training: 'train',
  val: 'val',
  valid: 'val',
  validation: 'val',
  dev: 'val',
  test: 'test',
  testing: 'test',
}

/**
 * The images of a split that somebody published: a JSON or CSV file that names the split of each image, or one
 * list per split, with the split in the file's name (`train.txt`, `image2label_test.json`). Masks stand for their
 * images. An image may come in several splits; in one it comes once.
 *
 * @throws UserError for a file that tells no split, or names no file.
 */
export function parsePublishedSplit(files: readonly PublishedFile[]): PublishedImage[] {
  const found = new Map<string, PublishedImage>()
  for (const { name, text } of files) {
    const before = found.size
    const add = (path: string, split: SplitName) => {
      const stem = stemOf(path)
      if (stem) found.set(`${split} ${stem}`, { stem, split })
    }
    readFile(name, text, add)
    if (found.size === before)
      throw new UserError(
        `${name}: names no image with its split; give JSON with lists train, val and test, CSV with the columns image and split, or one list per split in files such as train.txt and test.txt`,
      )
  }
  return [...found.values()]
}

type Add = (path: string, split: SplitName) => void

function readFile(name: string, text: string, add: Add): void {
  const ofFile = splitInName(name)
  if (/^\s*[[{]/.test(text)) for (const value of jsonOf(name, text)) walk(value, ofFile, add)
  else readTable(text, ofFile, add)
}

/** The values of a JSON file, or of each of its lines. */
function jsonOf(name: string, text: string): unknown[] {
  try {
    return [JSON.parse(text)]
  } catch (cause) {
    try {
      return text.split(/\r?\n/).flatMap(line => (line.trim() === '' ? [] : [JSON.parse(line)]))
    } catch {
      throw new UserError(`${name}: not valid JSON; give the file as it was published`, 1, {
        cause,
      })
    }
  }
}

/** Paths anywhere in a value, each in the split of the nearest key or field `split` around it. */
function walk(value: unknown, split: SplitName | null, add: Add): void {
  if (typeof value === 'string') {
    if (split) add(value, split)
    return
  }
  if (Array.isArray(value)) {
    for (const each of value) walk(each, split, add)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const { split: field } = value as { split?: unknown }
  const own = (typeof field === 'string' ? NAMES[field.toLowerCase()] : null) ?? split
  for (const [key, below] of Object.entries(value)) {
    const named = NAMES[key.toLowerCase()]
    if (named === undefined && own) add(key, own)
    walk(below, named ?? own, add)
  }
}

/** Lines of a list, or of a table with a column `split`. */
function readTable(text: string, ofFile: SplitName | null, add: Add): void {
  const [head = '', ...lines] = text.split(/\r?\n/)
  const column = cellsOf(head).findIndex(cell => cell.trim().toLowerCase() === 'split')
  for (const line of column < 0 ? [head, ...lines] : lines) {
    const cells = cellsOf(line)
    const split = column < 0 ? ofFile : NAMES[cells[column]?.trim().toLowerCase() ?? '']
    if (split) for (const cell of column < 0 ? [line, ...cells] : cells) add(cell, split)
  }
}

/** Cells of a line of CSV, which may be quoted. */
function cellsOf(line: string): string[] {
  const cells: string[] = []
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
  return cells
}

/** The split that a file's name tells, as a word of it. */
function splitInName(name: string): SplitName | null {
  const base = name.split(/[\\/]/).at(-1) ?? name
  const words = base.toLowerCase().split(/[^a-z]+/)
  return words.map(word => NAMES[word]).find(split => split !== undefined) ?? null
}

const MASK_END = /--[0-9]{4}_[0-9]{3,5}$/

/** Of an image's or a mask's path, the image's name; null for anything else. */
function stemOf(path: string): string | null {
  const base = path.trim().split(/[\\/]/).at(-1) ?? ''
  const stem = base.replace(/\.png$/i, '')
  const parts = stem.split('--')
  if (parts.length < 4) return null
  return stem.replace(MASK_END, '')
}
