import {
  type AttributeArray,
  arrayTypeOf,
  forEachAttribute,
  IMAGE_ATTRIBUTE_NAMES,
  IMAGE_ATTRIBUTES,
  type ImageAttributeName,
} from '../manifest/image-attributes'

/** Columns of image attributes, a row an image or a counted cell of a table; NULL is `UNKNOWN_BIN`. */
export type AttributeColumns = Readonly<Record<ImageAttributeName, AttributeArray>>

/**
 * The distinct combinations of image attributes in a manifest, as columns; a cell's position is its id.
 * Some thousands at full size, so filters are tested on cells, not on images.
 */
export type Cells = AttributeColumns

/** Stands for NULL in bin columns. */
export const UNKNOWN_BIN = 255

/** Cells by the third word of their key, then by the others: together they are more than a number holds. */
type CellIds = Map<number, Map<number, number>>

/** Writes the cell of some rows, from a position on. */
export type CellFinder = (
  columns: AttributeColumns,
  count: number,
  target: Uint32Array,
  first: number,
) => void

/** Collects the cells of tables: each new combination gets the next id. */
export function cellCollector(): { readonly find: CellFinder; cells(): Cells } {
  const values = forEachAttribute((): number[] => [])
  let count = 0
  const find = finder(new Map(), (ids, key, columns, row) => {
    for (const name of IMAGE_ATTRIBUTE_NAMES) values[name].push(columns[name][row] as number)
    ids.set(key, count)
    return count++
  })
  return {
    find,
    cells: () => forEachAttribute(name => new (arrayTypeOf(name))(values[name])),
  }
}

/** Finds known cells; a row that is in none of them is a RangeError. */
export function cellFinder(cells: Cells): CellFinder {
  const ids: CellIds = new Map()
  const number = finder(ids, (alike, key, _, cell) => {
    alike.set(key, cell)
    return cell
  })
  const { length } = cells.dataset
  number(cells, length, new Uint32Array(length), 0)
  return finder(ids, () => {
    throw new RangeError('an image is in no cell of the cubes')
  })
}

// The words of a key: each attribute is in one of them. The first two make up one exact number.
const A = shiftsIn(32, ['dataset', 'submodality', 'axis', 'width'])
const B = shiftsIn(21, ['height', 'aspect', 'masks'])

/** Where in a word of so many bits each attribute begins. @throws RangeError if they need more. */
function shiftsIn<Name extends ImageAttributeName>(
  room: number,
  names: readonly Name[],
): Readonly<Record<Name, number>> {
  let used = 0
  const shifts = names.map(name => {
    const shift = used
    used += IMAGE_ATTRIBUTES[name].bits
    return [name, shift]
  })
  if (used > room) throw new RangeError(`${names.join(', ')} need ${used} bits, a word has ${room}`)
  return Object.fromEntries(shifts)
}

const MASKS = forEachAttribute(name => (2 ** IMAGE_ATTRIBUTES[name].bits - 1) | 0)

/** @param unknown Gives the cell of a row whose key is new; `ids` has those with its third word. */
function finder(
  ids: CellIds,
  unknown: (
    ids: Map<number, number>,
    key: number,
    columns: AttributeColumns,
    row: number,
  ) => number,
): CellFinder {
  return (columns, count, target, first) => {
    // Written out: a loop over the registry takes twice the time, for some million rows. It does not
    // compile as soon as an attribute has no part in the key.
    const { dataset, submodality, axis, width, height, aspect, masks, flags, ...others } = columns
    others satisfies Readonly<Record<string, never>>
    let alike: Map<number, number> = new Map()
    let last = -1
    let lastA = 0
    let lastB = 0
    let lastC = 0
    for (let row = 0; row < count; row++) {
      const a =
        ((dataset[row] as number) << A.dataset) |
        ((submodality[row] as number) << A.submodality) |
        ((axis[row] as number) << A.axis) |
        (((width[row] as number) & MASKS.width) << A.width)
      const b =
        (((height[row] as number) & MASKS.height) << B.height) |
        (((aspect[row] as number) & MASKS.aspect) << B.aspect) |
        (((masks[row] as number) & MASKS.masks) << B.masks)
      const c = flags[row] as number
      // Neighbours are mostly alike.
      if (a !== lastA || b !== lastB || c !== lastC || last < 0) {
        if (c !== lastC || last < 0) alike = idsOf(ids, c)
        const key = (a >>> 0) + b * 2 ** 32
        last = alike.get(key) ?? unknown(alike, key, columns, row)
        lastA = a
        lastB = b
        lastC = c
      }
      target[first + row] = last
    }
  }
}

function idsOf(ids: CellIds, word: number): Map<number, number> {
  const known = ids.get(word) ?? new Map<number, number>()
  ids.set(word, known)
  return known
}
