import { isAllFacet } from '../../lib/filter/facets'
import { type Filter, withAll, withoutFacet, withValues } from '../../lib/filter/filter'
import type { MatrixKind } from './matrix-kinds'

type Sides = Pick<MatrixKind, 'rowsBy' | 'columnsBy'>
interface Cell {
  readonly row: string
  readonly column: string
}

/**
 * The filter that cells are counted under. A click replaces the facets of rows and columns, so of images that must have
 * all of their values nothing is left of it.
 */
export const cellsFilter = (filter: Filter, { rowsBy, columnsBy }: Sides): Filter =>
  [rowsBy, columnsBy].filter(isAllFacet).reduce((f, name) => withAll(f, name, false), filter)

/** Whether a filter names both values of a cell; of two labels, whether it names no other. */
export function isPickedCell(filter: Filter, { rowsBy, columnsBy }: Sides, cell: Cell): boolean {
  if (rowsBy === columnsBy) return isOnly(filter[rowsBy], [...new Set([cell.row, cell.column])])
  const has = (values: readonly string[] | undefined, value: string) => values?.includes(value)
  return Boolean(has(filter[rowsBy], cell.row) && has(filter[columnsBy], cell.column))
}

const isOnly = (values: readonly string[] | undefined, wanted: readonly string[]) =>
  values?.length === wanted.length && wanted.every(value => values.includes(value))

/**
 * The filter after a click on a cell: only the values of its row and column, or neither if they were selected
 * before. A hole has no images, so a click on it selects only the row, which shows the columns that it has.
 */
export function pickCell(
  filter: Filter,
  { rowsBy, columnsBy }: Sides,
  { row, column }: Cell,
  isHole: boolean,
): Filter {
  const cleared = withoutFacet(withoutFacet(filter, rowsBy), columnsBy)
  if (isHole) return withValues(cleared, rowsBy, [row])
  if (rowsBy === columnsBy) {
    const wanted = [...new Set([row, column])]
    if (isOnly(filter[rowsBy], wanted)) return cleared
    // A cell counts images that have both labels.
    const both = withValues(cleared, rowsBy, wanted)
    return isAllFacet(rowsBy) && wanted.length > 1 ? withAll(both, rowsBy, true) : both
  }
  if (isOnly(filter[rowsBy], [row]) && isOnly(filter[columnsBy], [column])) return cleared
  return withValues(withValues(cleared, rowsBy, [row]), columnsBy, [column])
}
