import { arrayTypeOf, forEachAttribute, IMAGE_ATTRIBUTE_NAMES } from '../manifest/image-attributes'
import { type AttributeColumns, KEY_ROWS, keyMaker } from './cell-keys'

/**
 * The distinct combinations of image attributes in a manifest, as columns; a cell's position is its id.
 * Some thousands at full size, so filters are tested on cells, not on images.
 */
export type Cells = AttributeColumns

/** Stands for NULL in bin columns. */
export const UNKNOWN_BIN = 255

/** Cells by their high keys, then by their low ones: both together are more than a number holds. */
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

/** @param unknown Gives the cell of a row whose keys are new; `ids` has those with its high key. */
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
    const { low, high, make } = keyMaker(columns)
    let lastHigh = -1
    let alike: Map<number, number> = new Map()
    let lastLow = -1
    let last = 0
    for (let start = 0; start < count; start += KEY_ROWS) {
      const end = Math.min(count, start + KEY_ROWS)
      make(start, end)
      for (let row = start; row < end; row++) {
        const itsLow = low[row - start] as number
        const itsHigh = high[row - start] as number
        // Neighbours are mostly alike.
        if (itsHigh !== lastHigh) alike = idsOf(ids, itsHigh)
        if (itsLow !== lastLow || itsHigh !== lastHigh)
          last = alike.get(itsLow) ?? unknown(alike, itsLow, columns, row)
        lastHigh = itsHigh
        lastLow = itsLow
        target[first + row] = last
      }
    }
  }
}

function idsOf(ids: CellIds, high: number): Map<number, number> {
  const known = ids.get(high) ?? new Map<number, number>()
  ids.set(high, known)
  return known
}
