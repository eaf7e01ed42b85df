/**
 * The distinct combinations of image facets in a manifest, as columns; a cell's position is its id.
 * Some thousands at full size, so filters are tested on cells, not on images.
 */
export interface Cells {
  readonly dataset: Uint16Array
  readonly submodality: Uint8Array
  readonly axis: Uint8Array
  /** Bins of width, height, aspect and number of masks; `UNKNOWN_BIN` where not measured. */
  readonly width: Uint8Array
  readonly height: Uint8Array
  readonly aspect: Uint8Array
  readonly masks: Uint8Array
  /** As the column `flags` of images. */
  readonly flags: Uint32Array
}

/** The image facets that are ranges: the cells know their bins. */
export const RANGED = ['width', 'height', 'aspect', 'masks'] as const
export type RangedFacet = (typeof RANGED)[number]

/** Stands for NULL in bin columns. */
export const UNKNOWN_BIN = 255

/** Columns of image facets, a row an image or a counted cell of a table. */
export interface FacetColumns {
  readonly dataset: ArrayLike<number>
  readonly submodality: ArrayLike<number>
  readonly axis: ArrayLike<number>
  readonly width: ArrayLike<number>
  readonly height: ArrayLike<number>
  readonly aspect: ArrayLike<number>
  readonly masks: ArrayLike<number>
  readonly flags: ArrayLike<number>
}

const NAMES = [
  ...(['dataset', 'submodality', 'axis', 'width', 'height', 'aspect', 'masks', 'flags'] as const),
]

/** Cells by their flags, then by `keyOf`: both together are more than a number holds. */
type CellIds = Map<number, Map<number, number>>

/** Writes the cell of some rows, from a position on. */
export type CellFinder = (
  columns: FacetColumns,
  count: number,
  target: Uint32Array,
  first: number,
) => void

/** Collects the cells of tables: each new combination gets the next id. */
export function cellCollector(): { readonly find: CellFinder; cells(): Cells } {
  const values: number[][] = NAMES.map(() => [])
  let count = 0
  const find = finder(new Map(), (ids, key, columns, row) => {
    for (const [i, name] of NAMES.entries()) values[i]?.push(columns[name][row] as number)
    ids.set(key, count)
    return count++
  })
  const column = (i: number) => Uint8Array.from(values[i] ?? [])
  return {
    find,
    cells: () => ({
      dataset: Uint16Array.from(values[0] ?? []),
      ...{ submodality: column(1), axis: column(2) },
      ...{ width: column(3), height: column(4), aspect: column(5), masks: column(6) },
      flags: Uint32Array.from(values[7] ?? []),
    }),
  }
}

/** Finds known cells; a row that is in none of them is a RangeError. */
export function cellFinder(cells: Cells): CellFinder {
  const ids: CellIds = new Map()
  for (let cell = 0; cell < cells.dataset.length; cell++)
    idsOf(ids, cells.flags[cell] as number).set(keyOf(cells, cell), cell)
  return finder(ids, () => {
    throw new RangeError('an image is in no cell of the cubes')
  })
}

function finder(
  ids: CellIds,
  unknown: (ids: Map<number, number>, key: number, columns: FacetColumns, row: number) => number,
): CellFinder {
  return (columns, count, target, first) => {
    let lastFlags = -1
    let alike: Map<number, number> = new Map()
    let lastKey = -1
    let last = 0
    for (let row = 0; row < count; row++) {
      const key = keyOf(columns, row)
      const flags = columns.flags[row] as number
      // Neighbours are mostly alike.
      if (flags !== lastFlags) alike = idsOf(ids, flags)
      if (key !== lastKey || flags !== lastFlags)
        last = alike.get(key) ?? unknown(alike, key, columns, row)
      lastFlags = flags
      lastKey = key
      target[first + row] = last
    }
  }
}

function idsOf(ids: CellIds, flags: number): Map<number, number> {
  const known = ids.get(flags) ?? new Map<number, number>()
  ids.set(flags, known)
  return known
}

/** All facets but the flags in one number below 2^47: 16 bits, 8, 3, and 5 for each bin (there are at most 30). */
function keyOf(columns: FacetColumns, row: number): number {
  const bins =
    ((columns.width[row] as number) & 31) |
    (((columns.height[row] as number) & 31) << 5) |
    (((columns.aspect[row] as number) & 31) << 10) |
    (((columns.masks[row] as number) & 31) << 15)
  const values =
    (columns.dataset[row] as number) * 2 ** 11 +
    (columns.submodality[row] as number) * 2 ** 3 +
    (columns.axis[row] as number)
  return values * 2 ** 20 + bins
}
