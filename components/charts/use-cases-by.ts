'use client'

import type { CasesBy } from '../../lib/queries/cases-by'
import { after, useQuery } from '../use-query'
import { useCasesSource } from './cases-source'

export interface CasesResult {
  /** Distinct cases by value, absent for none; null until they are counted. */
  readonly cases: ReadonlyMap<string, number> | null
  /** Why they cannot be counted; null while they are. */
  readonly missing: string | null
}

/** Marks that the pointer only crosses are not counted. */
const REST = after(80)

/**
 * Cases by the values of a facet, under the filter of the `CasesProvider` above; counted when the
 * first component asks, and kept until the filter changes.
 */
export function useCasesBy(facet: CasesBy): CasesResult {
  const source = useCasesSource()
  const memory = source?.memory ?? null
  const { found, current, error } = useQuery(memory, facet, from => from.of(facet), {
    known: memory?.known(facet) ?? null,
    when: REST,
  })
  if (!memory) return { cases: null, missing: source?.missing ?? 'not counted on this page' }
  return { cases: current ? found : null, missing: error }
}
