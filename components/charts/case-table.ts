import { type CasesByValue, perCase } from '../../lib/charts/case-bars'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { TableData } from './data-table'

/** Cases and images per case, one row per dataset; numbers that are not counted yet are dashes. */
export function caseTable(
  rows: readonly FacetCount[],
  all: readonly FacetCount[],
  cases: CasesByValue | null,
): TableData {
  const images = new Map(rows.map(row => [row.value, row.images]))
  return {
    columns: ['dataset', 'cases', 'images', 'images per case'],
    rows: all.map(({ value }) => {
      const n = images.get(value) ?? 0
      const found = cases && (cases.get(value) ?? 0)
      return [value, found ?? '—', n, perCase(n, found)]
    }),
  }
}
