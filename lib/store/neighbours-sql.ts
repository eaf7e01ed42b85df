/*
 * Find equal rows by sorting and comparing each row with the row before. For near-unique keys, GROUP BY and DISTINCT
 * build a hash table of millions of groups, which exceeds a small memory limit. A sort spills to disk, and the
 * comparison needs no memory. docs/decisions.md has the measurements.
 */

/**
 * SQL condition: whether a row equals the row before in the given columns.
 *
 * @returns Condition that is never NULL. The FROM must be ordered: a table in row order, or a subquery that sorts.
 */
export const repeatsSql = (columns: readonly string[]): string =>
  // The default of lag() makes the condition false for the first row.
  `(lag(true, 1, false) OVER () AND ${columns
    .map(column => `${column} IS NOT DISTINCT FROM lag(${column}) OVER ()`)
    .join(' AND ')})`

/**
 * Remove rows that equal the row before in the given columns. The order of the rows stays the same.
 *
 * @param from Table or subquery, ordered so that equal rows are neighbours.
 * @returns A subquery in parentheses, with the columns of `from`.
 */
export const withoutRepeated = (columns: readonly string[], from: string): string =>
  `(SELECT * EXCLUDE (repeats) FROM (SELECT *, ${repeatsSql(columns)} AS repeats FROM ${from}) WHERE NOT repeats)`
