/*
 * Equal rows as neighbours in an order. Near-unique keys are not grouped, nor taken by DISTINCT: a hash table of
 * millions of groups needs more than a small memory limit, while a sort spills to disk and a look at the row
 * before needs no memory. docs/decisions.md has the figures.
 */

/**
 * Whether a row repeats the one before in some columns.
 *
 * @returns Condition, never NULL, on the rows of a FROM that has an order: a table's own, or of a subquery that sorts.
 */
export const repeatsSql = (columns: readonly string[]): string =>
  // The first row has none before it, whatever its values.
  `(lag(true, 1, false) OVER () AND ${columns
    .map(column => `${column} IS NOT DISTINCT FROM lag(${column}) OVER ()`)
    .join(' AND ')})`

/**
 * Rows in their order, without those that repeat the one before in some columns.
 *
 * @param from Table or subquery, in an order in which equal rows are neighbours.
 * @returns A subquery in parentheses, with the columns of `from`.
 */
export const withoutRepeated = (columns: readonly string[], from: string): string =>
  `(SELECT * EXCLUDE (repeats) FROM (SELECT *, ${repeatsSql(columns)} AS repeats FROM ${from}) WHERE NOT repeats)`
