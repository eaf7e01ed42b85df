'use client'

import { formatCount } from '../../lib/format'
import type { CasesBy } from '../../lib/queries/cases-by'
import { useCasesSource } from './cases-source'
import { useCasesBy } from './use-cases-by'

/** Whether the page counts cases by value at all. */
export const useHasCases = (): boolean => useCasesSource() !== null

/** Distinct cases of one value, in a word: a moment late, or a dash and why. */
export function CasesOf({ facet, value }: { facet: CasesBy; value: string }) {
  const { cases, missing } = useCasesBy(facet)
  if (cases) return formatCount(cases.get(value) ?? 0)
  return missing === null ? 'counting…' : `— ${missing}`
}
