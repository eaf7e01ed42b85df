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
  /** Why the subset could not be split as the recipe says, and what to do; it is then counted as one. */
  readonly refusal: string | null
  /** As `subsetSql`. */
  readonly sql: string | null
}

/** A subset is counted once its recipe has not changed for so long. */
const PAUSE = after(400)

/** What the server counts for a recipe; of an earlier one while `isOld`. */
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
