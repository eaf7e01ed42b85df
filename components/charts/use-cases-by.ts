'use client'

import { useEffect, useState } from 'react'
import type { CasesBy } from '../../lib/queries/cases-by'
import type { CasesMemory } from './cases-memory'
import { useCasesSource } from './cases-source'

export interface CasesResult {
  /** Distinct cases by value, absent for none; null until they are counted. */
  readonly cases: ReadonlyMap<string, number> | null
  /** Why they cannot be counted; null while they are. */
  readonly missing: string | null
}

/** What a pointer only crosses is not counted. */
const REST_MS = 80

/**
 * Cases by the values of a facet, under the filter of the `CasesProvider` above; counted when the
 * first component asks, and kept until the filter changes.
 */
export function useCasesBy(facet: CasesBy): CasesResult {
  const source = useCasesSource()
  const memory = source?.memory ?? null
  const [answer, setAnswer] = useState<{ memory: CasesMemory; error: string | null } | null>(null)
  const cases = memory?.known(facet) ?? null
  const isKnown = cases !== null
  useEffect(() => {
    if (!memory || isKnown) return
    let dropped = false
    const settle = (error: string | null) => {
      if (!dropped) setAnswer({ memory, error })
    }
    const timer = setTimeout(() => {
      memory.of(facet).then(
        () => settle(null),
        error => settle(String(error?.message ?? error)),
      )
    }, REST_MS)
    return () => {
      dropped = true
      clearTimeout(timer)
    }
  }, [memory, facet, isKnown])
  if (cases) return { cases, missing: null }
  if (!memory) return { cases: null, missing: source?.missing ?? 'not counted on this page' }
  return { cases: null, missing: answer?.memory === memory ? answer.error : null }
}
