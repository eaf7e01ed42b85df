'use client'

import { useEffect, useState } from 'react'
import { planCount } from '../../lib/cube/planner'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { useEngine } from '../engine-provider'
import { type Remedy, remediesOf } from './remedies'

/** What would leave an image of a filter that leaves none; null until it is counted. */
export function useRemedies(filter: Filter): readonly Remedy[] | null {
  const { cube, rowsLoaded } = useEngine()
  const key = formatFilter(filter)
  const [found, setFound] = useState<{ key: string; remedies: readonly Remedy[] } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  useEffect(() => {
    if (!cube) return
    const stop = new AbortController()
    const imagesOf = async (changed: Filter) => {
      // Counted anew once the rows are there.
      if (!rowsLoaded && planCount(changed).path === 'rows') return 0
      // What cannot be counted is not offered; what broke the counts is reported by them.
      return cube.count(changed).then(
        ({ totals }) => totals.images,
        () => 0,
      )
    }
    remediesOf(filter, imagesOf, stop.signal).then(remedies => {
      if (!stop.signal.aborted) setFound({ key, remedies })
    })
    return () => stop.abort()
  }, [key, cube, rowsLoaded])
  return found?.key === key ? found.remedies : null
}
