'use client'

import { formatCount } from '../../lib/format'
import type { CasesBy } from '../../lib/queries/cases-by'
import { useCasesSource } from './cases-source'
import { useCasesBy } from './use-cases-by'

/** Whether the page counts cases by value. */
export const useHasCases = (): boolean => useCasesSource() !== null

/** Number of distinct cases of one value; a dash with the reason if they cannot be counted. */
export function CasesOf({ facet, value }: { facet: CasesBy; value: string }) {
  const { cases, missing } = useCasesBy(facet)
  if (cases) return formatCount(cases.get(value) ?? 0)
  return missing === null ? 'counting…' : `— ${missing}`
}
