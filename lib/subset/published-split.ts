import { UserError } from '../errors'
import { countOf } from '../format'
import { listed } from './listed'
import { fieldsOf, foldsOf, jsonValues, numberedFolds, walkJson } from './published-json'
import { foldsOfTable, readTable, type TableFound } from './published-table'
import type { SplitName } from './recipe'
import { type Add, SPLIT_FIELDS, splitsInName, stemOf } from './split-words'

/** An image in a published split. */
export interface PublishedImage {
  /** File name without folder and `.png`. */
  readonly stem: string
  readonly split: SplitName
}

/** The splits that files record. */
export interface PublishedSplits {
  /** One split, or one for each fold if a file lists folds of train and val. */
  readonly folds: readonly (readonly PublishedImage[])[]
  /** Images that are named without a split. */
  readonly without: readonly string[]
}

/** A file with a split, or with one part of a split. */
export interface PublishedFile {
  readonly name: string
  readonly text: string
}

/**
 * Read the images of a published split. It is a JSON file or a table that records the split of each image, or one list
 * per split with the split in the file name (`train.txt`, `image2label_test.json`). Masks stand for their images. An
 * image may be in several splits, but is listed once in each.
 *
 * @throws UserError for a file without splits or without file names. The message says what the file has.
 */
export function parsePublishedSplits(files: readonly PublishedFile[]): PublishedSplits {
  const without = new Set<string>()
  const parts = files.map(file => readFile(file.name, file.text.replace(/^\uFEFF/, ''), without))
  const folded = files.filter((_, nth) => (parts[nth]?.length ?? 0) > 1)
  if (folded.length > 1)
    throw new UserError(
      `${listed(folded.map(({ name }) => name))}: each has folds of its own; check one file at a time`,
    )
  const count = Math.max(...parts.map(part => part.length))
  const folds = Array.from({ length: count }, (_, nth) => {
    const found = new Map<string, PublishedImage>()
    // A part without folds, such as a test split, belongs to every fold.
    for (const image of parts.flatMap(part => part[nth] ?? part[0] ?? []))
      found.set(`${image.split} ${image.stem}`, image)
    return [...found.values()]
  })
  for (const { stem } of folds.flat()) without.delete(stem)
  return { folds, without: [...without].sort() }
}

/**
 * Images of a file, by fold.
 *
 * @param without Receives images without a split.
 */
function readFile(name: string, text: string, without: Set<string>): PublishedImage[][] {
  const named = splitsInName(name)
  // If the file name has several splits, nothing says which of them an image is in.
  const ofFile = named.length === 1 ? (named[0] ?? null) : null
  if (text.trim() === '') throw new UserError(`${name}: is empty`)
  if (!/^\s*[[{]/.test(text))
    return (foldsOfTable(text) ?? [null]).map(fold =>
      collect(name, named, without, add => readTable(text, ofFile, add, fold)),
    )
  const values = jsonValues(name, text)
  const inLists = values.length === 1 ? foldsOf(values[0]) : null
  const wholes = inLists ? inLists.map(fold => [fold]) : [values]
  const numbered = inLists ? null : numberedFolds(values)
  return wholes.flatMap(whole =>
    (numbered ?? [null]).map(heldOut =>
      collect(name, named, without, add => {
        for (const value of whole) walkJson(value, ofFile, add, heldOut)
        return fieldsOf(whole.length === 1 ? whole[0] : whole)
      }),
    ),
  )
}

function collect(
  name: string,
  named: readonly SplitName[],
  without: Set<string>,
  read: (add: Add) => TableFound,
): PublishedImage[] {
  const images: PublishedImage[] = []
  const own = new Set<string>()
  let other: string | null = null
  const found = read((path, split) => {
    const stem = stemOf(path)
    if (stem && split) images.push({ stem, split })
    else if (stem) own.add(stem)
    else if (/\.[a-z]+$/i.test(path.trim())) other ??= path.trim()
  })
  for (const stem of own) without.add(stem)
  if (images.length > 0) return images
  throw new UserError(`${name}: ${whyNone(found, own, other, named)}`)
}

/** Maximum number of values or columns in a message. */
const MOST_NAMED = 8

function whyNone(
  { columns, values }: TableFound,
  without: ReadonlySet<string>,
  other: string | null,
  named: readonly SplitName[],
): string {
  const [first] = without
  const some = (words: readonly string[]) =>
    words.length > MOST_NAMED
      ? `${words.slice(0, MOST_NAMED).join(', ')} and ${words.length - MOST_NAMED} more`
      : listed(words)
  if (first === undefined)
    return `has no name of the release${other === null ? '' : ` (found ${other})`}; expected names such as images/ct_00--BTCV--img0001--z_0001.png`
  const names = `names ${countOf(without.size, 'image')}, such as ${first}, but not their split`
  if (values.length > 0)
    return `${names}: the values are ${some(values)}; expected train, val or test`
  const fields = `a column or field ${SPLIT_FIELDS.slice(0, -1).join(', ')} or ${SPLIT_FIELDS.at(-1)}`
  if (columns.length > 1)
    return `${names}: found ${some(columns)}; give ${fields} with train, val or test, or one list per split`
  const has = named.length > 1 ? listed(named) : 'none of train, val and test'
  return `${names}: the file's name has ${has}; give one list per split in files such as train.txt and test.txt, or ${fields}`
}
