'use client'

import { useMemo } from 'react'
import type { Counts } from '../lib/counts/counts'
import { summaryCounts } from '../lib/counts/summary-counts'
import type { CaseTotals } from '../lib/counts/totals'
import { type Plan, planCount } from '../lib/cube/planner'
import type { Filter } from '../lib/filter/filter'
import { isEmpty } from '../lib/filter/filter'
import { formatFilter } from '../lib/filter/query-string'
import { useEngine, useFirstCounts } from './engine-provider'
import { after, useQuery } from './use-query'

export interface CountsResult {
  /** Counts of the filter; of an earlier one while `pending`; null before the first. */
  readonly counts: Counts | null
  /** Cases with a selected image, and their patients; null until the rows are loaded and counted. */
  readonly cases: CaseTotals | null
  /** True if the counts are those of the filter. */
  readonly current: boolean
  /** True once the counts have not been those of the filter for longer than a reader notices. */
  readonly pending: boolean
  readonly error: string | null
  /** What answered: the manifest's summary, the cubes or the rows. */
  readonly path: 'summary' | Plan['path']
  /** Why the cubes did not answer alone, for people; empty if they did. */
  readonly reasons: readonly string[]
  /** From asking to the last answer. */
  readonly ms: number
}

interface Answer extends Pick<CountsResult, 'path' | 'reasons' | 'ms'> {
  readonly counts: Counts
  /** What was counted, as `formatFilter` writes it. */
  readonly filter: string
  /** Null where the answer does not include them. */
  readonly cases: CaseTotals | null
}

const NO_REASONS: readonly string[] = []

/** Counts of a filter, from the summary or the server where these have them, else from the engine. */
export function useCounts(filter: Filter): CountsResult {
  const { stage, cube, rowsLoaded } = useEngine()
  const plan = planCount(filter)
  const source = plan.path === 'cubes' || rowsLoaded ? cube : null
  const text = formatFilter(filter)
  const { found, current, pending, error } = useQuery(
    source,
    text,
    async (cube): Promise<Answer> => {
      const start = performance.now()
      const counts = await cube.count(filter)
      return { ...plan, counts, filter: text, cases: null, ms: performance.now() - start }
    },
    { known: useKnownCounts(filter) },
  )
  const counted = useCases(filter)
  const cases = found?.cases ?? (counted?.filter === found?.filter ? counted?.cases : null) ?? null
  const isPending = pending && stage !== 'error'
  return useMemo(
    () => ({
      counts: found?.counts ?? null,
      cases,
      current,
      pending: isPending,
      error,
      path: found?.path ?? 'cubes',
      reasons: found?.reasons ?? NO_REASONS,
      ms: found?.ms ?? 0,
    }),
    [found, cases, current, isPending, error],
  )
}

/** Counts that need no engine: those of everything, and those that came with the page. */
function useKnownCounts(filter: Filter): Answer | null {
  const { summary } = useEngine().manifest
  const first = useFirstCounts()
  const text = formatFilter(filter)
  const inSummary = isEmpty(filter)
  const isFirst = first?.key === text
  return useMemo((): Answer | null => {
    const answer = { filter: text, reasons: NO_REASONS, ms: 0 }
    if (inSummary) {
      const cases = summary.totals
      return { ...answer, counts: summaryCounts(summary), cases, path: 'summary' }
    }
    // The server counts from the same cubes.
    return first && isFirst ? { ...answer, counts: first.counts, cases: null, path: 'cubes' } : null
  }, [summary, first, text, inSummary, isFirst])
}

/** Cases of filters that are only clicked through are not counted. */
const CASES_PAUSE = after(250)

/** Cases of a filter, once the rows are loaded. A count that failed stays unknown. */
function useCases(filter: Filter): { readonly filter: string; readonly cases: CaseTotals } | null {
  const { cube, rowsLoaded } = useEngine()
  const text = formatFilter(filter)
  const source = rowsLoaded && !isEmpty(filter) ? cube : null
  const ask = async (from: NonNullable<typeof cube>) => ({
    filter: text,
    cases: await from.cases(filter),
  })
  return useQuery(source, text, ask, { when: CASES_PAUSE }).found
}
