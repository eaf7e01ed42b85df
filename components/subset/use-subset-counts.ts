'use client'

import { useEffect, useState } from 'react'
import { messageOf } from '../../lib/errors'
import type { SubsetCost } from '../../lib/subset/cost.node.ts'
import type { SampleReport } from '../../lib/subset/shared-sample.node.ts'
import type { SplitReport } from '../../lib/subset/split-report.node.ts'
import { askSubset } from './ask-subset'

export interface SubsetCounts {
  readonly cost: SubsetCost
  readonly sampled: SampleReport | null
  readonly split: SplitReport | null
  /** As `subsetSql`. */
  readonly sql: string | null
}

/** A subset is counted when nothing has changed for so long. */
const AFTER_MS = 400

/** What the server counts for a recipe; of an earlier one while `isOld`. */
export function useSubsetCounts(query: string): {
  counts: SubsetCounts | null
  isOld: boolean
  error: string | null
} {
  const [found, setFound] = useState<{
    query: string
    counts: SubsetCounts | null
    error: string | null
  } | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      try {
        const response = await askSubset('count', query, stop.signal)
        setFound({ query, counts: await response.json(), error: null })
      } catch (error) {
        if (stop.signal.aborted) return
        setFound({ query, counts: null, error: messageOf(error) })
      }
    }, AFTER_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [query])
  const isOld = found?.query !== query
  return { counts: found?.counts ?? null, isOld, error: isOld ? null : (found?.error ?? null) }
}
