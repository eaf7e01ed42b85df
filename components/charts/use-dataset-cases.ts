'use client'

import type { CasesByValue } from '../../lib/charts/case-bars'
import { EMPTY_FILTER } from '../../lib/filter/filter'
import { casesBy } from '../../lib/queries/cases-by'
import { useQuery } from '../use-query'
import { useRows } from '../use-rows'

/**
 * Unfiltered cases by dataset; null until they are wanted and counted. If that fails, the chart has no
 * ghosts; the engine reports its own errors.
 */
export function useDatasetCases(wanted: boolean): CasesByValue | null {
  const rows = useRows()
  return useQuery(rows, wanted ? 'dataset' : null, ({ engine, cube }, signal) =>
    casesBy(engine, cube.dimensions, EMPTY_FILTER, 'dataset', signal),
  ).found
}
