import {
  type AttributeArray,
  arrayTypeOf,
  forEachAttribute,
  IMAGE_ATTRIBUTE_NAMES,
  IMAGE_ATTRIBUTES,
  type ImageAttributeName,
} from '../manifest/image-attributes'

/** Columns of image attributes; a row is an image, or a cell. NULL is `UNKNOWN_BIN`. */
export type AttributeColumns = Readonly<Record<ImageAttributeName, AttributeArray>>

/**
 * The distinct combinations of image attributes in a manifest, as columns; the position of a cell is its id. A
 * full manifest has some 12,000 cells, so filters are tested on cells, not on images.
 */
export type Cells = AttributeColumns

/** Stands for NULL in bin columns. */
export const UNKNOWN_BIN = 255

/** Cell ids by the third word of the key, then by the number of the first two: all three exceed 53 bits. */
type CellIds = Map<number, Map<number, number>>

/** Writes the cell id of each of `count` rows to `target`, from position `first` on. */
export type CellFinder = (
  columns: AttributeColumns,
  count: number,
  target: Uint32Array,
  first: number,
) => void

/** Collects cells from tables; each new combination gets the next id. */
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

/** Finds the cells of rows among known cells. The finder throws RangeError for a row that is in none. */
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

// A key has three words: A, B and the flags. A has 32 bits and B 21, so both fit one exact number of 53 bits.
const A = shiftsIn(32, ['dataset', 'submodality', 'axis', 'width'])
const B = shiftsIn(21, ['height', 'aspect', 'masks'])

/** The first bit of each attribute in a word of `room` bits. @throws RangeError if they need more. */
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

/** @param unknown Returns the cell of a row with a new key; gets the ids of its third word, to add to. */
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
    // Written out, because a loop over the registry takes twice the time for some million rows. The next lines do
    // not compile if an attribute is not part of the key.
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
      // Neighbouring rows often have the same key.
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
