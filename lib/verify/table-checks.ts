import { TABLE_NAMES, type TableName, tableOf } from '../manifest/tables'
import type { RowCheck } from './row-checks'

/** References that other rules already check: from masks and boxes to images, and from images to cases. */
const HELD = new Set(['masks image_id', 'mask_boxes image_id', 'images case_id'])

/** Rules for foreign keys, from the table definitions: every referenced id exists in the parent table. */
const references: RowCheck[] = TABLE_NAMES.flatMap(table =>
  Object.entries(tableOf(table).columns).flatMap(([column, { references: parent }]) =>
    parent === undefined || HELD.has(`${table} ${column}`)
      ? []
      : [
          {
            rule: `every ${column} of ${table} is in ${parent}`,
            offenders: `SELECT count(*) AS n FROM (SELECT DISTINCT ${column} FROM ${table})
              WHERE ${column} NOT IN (SELECT ${column} FROM ${parent})`,
          },
        ],
  ),
)

/** Tables whose order is not checked by other rules. */
const ORDERED = [
  ...(['submodalities', 'axes', 'class_ids', 'mask_boxes', 'label_sets'] as const),
  ...(['cube_images', 'cube_labels', 'cube_areas', 'rejects'] as const),
] satisfies TableName[]

/** Sort value of NULL, which sorts last. All values of nullable key columns, such as bins, are lower. */
const LAST = 65_535

const orders: RowCheck[] = ORDERED.map(table => {
  const { columns, sortedBy } = tableOf(table)
  const key = sortedBy
    .map(column => (columns[column]?.nullable ? `coalesce(${column}, ${LAST})` : column))
    .join(', ')
  return {
    rule: `${table} is sorted by ${sortedBy.join(', ')}, without repeats`,
    offenders: `SELECT count(*) AS n FROM (
      SELECT row(${key}) AS k, lag(k) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
      FROM ${table}) WHERE before IS NOT NULL AND k <= before`,
  }
})

/** Rules that are derived from the table definitions, for the tables that every manifest has. */
export const TABLE_CHECKS: readonly RowCheck[] = [...references, ...orders]
