import type { FacetCount } from '../../lib/manifest/manifest'
import type { TableData } from './data-table'

/** Images and masks by value, filtered and unfiltered, in the order of the unfiltered counts. */
export function countTable(
  noun: string,
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
): TableData {
  const found = new Map(rows.map(row => [row.value, row]))
  return {
    columns: [noun, 'images', 'masks', 'images, unfiltered', 'masks, unfiltered'],
    rows: all.map(({ value, images, masks }) => {
      const selected = found.get(value)
      return [value, selected?.images ?? 0, selected?.masks ?? 0, images, masks]
    }),
  }
}
