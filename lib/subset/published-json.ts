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
 * The values of a JSON file, or of each line of JSON lines.
 *
 * @throws UserError with the line that is not JSON.
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
        // If the first line is not JSON, the file is not JSON lines.
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
 * The folds of a value, or null if it has none. Folds are a list of objects with train and val, as in nnU-Net's
 * `splits_final.json`. The list may be under `splits`, or each fold under a key: `{"fold_1": {"train": […], "val":
 * […]}, …}`.
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
 * Find all paths in a value, each with its split. An object's own field comes first, then the nearest key or field such
 * as `split` around it.
 *
 * @param heldOut The fold that is val, from those that `numberedFolds` finds.
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

/** The fold numbers in the field `fold` of a list of images, or of JSON lines; null if there are none. */
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

/** Keys of an object, or of the first object in a list, and the values of keys that may record the split. */
export function fieldsOf(value: unknown): { columns: string[]; values: string[] } {
  const rows = Array.isArray(value) ? value.filter(isObject) : [value].filter(isObject)
  const columns = Object.keys(rows[0] ?? {}).slice(0, MOST_KEYS)
  const field = SPLIT_FIELDS.find(name => columns.includes(name))
  const values = field === undefined ? [] : rows.map(row => String(row[field]))
  return { columns, values: [...new Set(values)].sort() }
}

/** Maximum number of keys in a message. */
const MOST_KEYS = 10
