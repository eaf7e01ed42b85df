'use client'

import type { SubsetCost } from '../../lib/subset/cost.node.ts'
import type { SampleReport } from '../../lib/subset/shared-sample.node.ts'
import type { SplitReport } from '../../lib/subset/split-report'
import { after, useServerQuery } from '../use-query'
import { askSubset } from './ask-subset'

export interface SubsetCounts {
  readonly cost: SubsetCost
  readonly sampled: SampleReport | null
  readonly split: SplitReport | null
  /** Why the subset could not be split and what to do. The counts then cover the unsplit subset. */
  readonly refusal: string | null
  /** As `subsetSql`. */
  readonly sql: string | null
}

/** A recipe must stay unchanged for this long before it is counted, so that typing does not cause requests. */
const PAUSE = after(400)

/** The server's counts for a recipe. While `isOld`, they belong to an earlier recipe. */
export function useSubsetCounts(query: string): {
  counts: SubsetCounts | null
  isOld: boolean
  error: string | null
} {
  const ask = async (signal: AbortSignal): Promise<SubsetCounts> =>
    (await askSubset('count', query, signal)).json()
  const { found, current, error } = useServerQuery(query, ask, { when: PAUSE })
  return { counts: found, isOld: !current, error }
}
