import type { MatrixMeasure, MatrixPair } from '../../lib/charts/coverage-matrix'
import type { TableData } from '../charts/data-table'

/** The matrix as a table of numbers; holes are 0. */
export function matrixTable(
  pairs: readonly MatrixPair[],
  { rows, columns }: { rows: readonly string[]; columns: readonly string[] },
  measure: MatrixMeasure,
  rowNoun: string,
): TableData {
  const counts = new Map<string, Map<string, number>>()
  for (const pair of pairs) {
    const row = counts.get(pair.row) ?? new Map<string, number>()
    counts.set(pair.row, row.set(pair.column, pair[measure] ?? 0))
  }
  return {
    columns: [rowNoun, ...columns],
    rows: rows.map(row => [row, ...columns.map(column => counts.get(row)?.get(column) ?? 0)]),
  }
}
