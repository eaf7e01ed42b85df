import { UserError } from '../errors'
import type { SplitName } from './recipe'
import {
  type Add,
  FOLD_FIELD,
  foldNumbers,
  SPLIT_FIELDS,
  splitCalled,
  splitInFold,
} from './split-words'

/**
 * The values of a JSON file, or of each of its lines.
 *
 * @throws UserError with the line that is no JSON.
 */
export function jsonValues(name: string, text: string): unknown[] {
  try {
    return [JSON.parse(text)]
  } catch (cause) {
    const lines = text.split(/\r?\n/)
    const first = lines.findIndex(line => line.trim() !== '')
    return lines.flatMap((line, nth) => {
      if (line.trim() === '') return []
      try {
        return [JSON.parse(line)]
      } catch (inLine) {
        // Where the first line is none, the file is not in lines.
        const [where, why] = nth === first ? ['', cause] : [` line ${nth + 1}:`, inLine]
        throw new UserError(
          `${name}:${where} not valid JSON (${(why as Error).message}); give the file as it was published`,
          1,
          { cause: why },
        )
      }
    })
  }
}

/**
 * A value fold by fold, if it is a list of folds with train and val, as nnU-Net's `splits_final.json`, or has one
 * under `splits`, or has a fold under each key, as `{"fold_1": {"train": […], "val": […]}, …}`; null else.
 */
export function foldsOf(value: unknown): unknown[] | null {
  if (areFolds(value)) return [...value]
  if (isObject(value) && areFolds(Object.values(value))) return Object.values(value)
  if (!isObject(value) || !areFolds(value.splits)) return null
  return value.splits.map(fold => ({ ...value, splits: [fold] }))
}

function areFolds(value: unknown): value is readonly unknown[] {
  const isFold = (one: unknown) =>
    isObject(one) &&
    ['train', 'val'].every(split =>
      Object.entries(one).some(([key, list]) => splitCalled(key) === split && Array.isArray(list)),
    )
  return Array.isArray(value) && value.length > 1 && value.every(isFold)
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Paths anywhere in a value, each in the split that is its own value, else of the nearest key or field such as
 * `split` around it.
 *
 * @param heldOut The fold that is val, of those that `numberedFolds` finds.
 */
export function walkJson(
  value: unknown,
  split: SplitName | null,
  add: Add,
  heldOut: string | null = null,
): void {
  if (typeof value === 'string') add(value, split)
  else if (Array.isArray(value)) for (const each of value) walkJson(each, split, add, heldOut)
  else if (isObject(value)) {
    const told = splitField(value)
    const own = splitInFold(told, value[FOLD_FIELD], heldOut) ?? split
    for (const [key, below] of Object.entries(value)) {
      const called = typeof below === 'string' ? splitCalled(below) : undefined
      const named = splitCalled(key)
      if (named === undefined) add(key, called ?? own)
      if (called === undefined) walkJson(below, named ?? own, add, heldOut)
    }
  }
}

/** The numbers of folds in the field `fold` of a list of images, or of the lines of a file; null if there are none. */
export function numberedFolds(values: readonly unknown[]): string[] | null {
  const rows = values.length === 1 && Array.isArray(values[0]) ? values[0] : values
  return foldNumbers(rows.filter(isObject).map(row => row[FOLD_FIELD]))
}

function splitField(value: Readonly<Record<string, unknown>>): SplitName | undefined {
  const words = SPLIT_FIELDS.map(field => value[field])
  return words
    .map(word => (typeof word === 'string' ? splitCalled(word) : undefined))
    .find(found => found !== undefined)
}

/** Keys of an object or of the first one in a list, and values of those that should say the split. */
export function fieldsOf(value: unknown): { columns: string[]; values: string[] } {
  const rows = Array.isArray(value) ? value.filter(isObject) : [value].filter(isObject)
  const columns = Object.keys(rows[0] ?? {}).slice(0, MOST_KEYS)
  const field = SPLIT_FIELDS.find(name => columns.includes(name))
  const values = field === undefined ? [] : rows.map(row => String(row[field]))
  return { columns, values: [...new Set(values)].sort() }
}

/** Keys that a message names. */
const MOST_KEYS = 10
