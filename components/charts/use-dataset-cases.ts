'use client'

import { useEffect, useState } from 'react'
import type { CasesByValue } from '../../lib/charts/case-bars'
import { EMPTY_FILTER } from '../../lib/filter/filter'
import { casesBy } from '../../lib/queries/cases-by'
import { useEngine } from '../engine-provider'

/** Unfiltered cases by dataset; null until they are wanted and counted. */
export function useDatasetCases(wanted: boolean): CasesByValue | null {
  const { engine, cube } = useEngine()
  const [cases, setCases] = useState<CasesByValue | null>(null)
  const dimensions = cube?.dimensions
  useEffect(() => {
    if (!wanted || !engine || !dimensions) return
    const stop = new AbortController()
    casesBy(engine, dimensions, EMPTY_FILTER, 'dataset', stop.signal).then(
      found => setCases(found),
      // Without them the chart has no ghosts; what broke the engine is reported by the engine.
      () => setCases(null),
    )
    return () => stop.abort()
  }, [wanted, engine, dimensions])
  return cases
}
