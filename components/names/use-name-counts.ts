'use client'

import { useMemo } from 'react'
import type { Counts } from '../../lib/counts/counts'
import { EMPTY_FILTER, type Filter, withValues } from '../../lib/filter/filter'
import { useEngine } from '../engine-provider'
import { type CountsResult, useCounts } from '../use-counts'

export interface NameCounts {
  readonly filter: Filter
  /** Counts of everything, for the ghosts behind the bars. */
  readonly all: Counts | null
  readonly result: CountsResult
  /** `result` for the status bar, which also reports while nothing is counted yet. */
  readonly status: CountsResult
  /** Why there will be no counts; null if there are counts, or will be. */
  readonly failure: string | null
}

/** Counts of one dataset or label, and of everything. */
export function useNameCounts(facet: 'dataset' | 'label', name: string): NameCounts {
  const { stage, error } = useEngine()
  const filter = useMemo(() => withValues(EMPTY_FILTER, facet, [name]), [facet, name])
  const result = useCounts(filter)
  const all = useCounts(EMPTY_FILTER).counts
  const waiting: CountsResult = { ...result, pending: stage !== 'error', path: 'summary' }
  const isStuck = !result.counts && stage === 'error'
  return {
    filter,
    all,
    result,
    status: result.counts ? result : waiting,
    failure: result.error ?? (isStuck ? error : null),
  }
}
