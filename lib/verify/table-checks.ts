import { TABLE_NAMES, type TableName, tableOf } from '../manifest/tables'
import type { RowCheck } from './row-checks'

/** Keys whose lookup other rules hold: a mask's and a box's image, an image's case. */
const HELD = new Set(['masks image_id', 'mask_boxes image_id', 'images case_id'])

/** What the tables' definitions say of keys: every id that refers to a table is in it. */
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

/** Tables whose order no other rule holds. */
const ORDERED = [
  ...(['submodalities', 'axes', 'class_ids', 'mask_boxes', 'label_sets'] as const),
  ...(['cube_images', 'cube_labels', 'cube_areas', 'rejects'] as const),
] satisfies TableName[]

/** No bin, and no other nullable number of a key, is as high: NULLs are last. */
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

/** Rules that follow from the definitions of the tables that every manifest has. */
export const TABLE_CHECKS: readonly RowCheck[] = [...references, ...orders]
