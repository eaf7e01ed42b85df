'use client'

import { createContext, type ReactNode, use, useEffect, useMemo } from 'react'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { useEngine } from '../engine-provider'
import { type CasesMemory, casesMemory } from './cases-memory'

/** Counts of cases for tooltips. */
export interface CasesSource {
  /** null before the rows are loaded. */
  readonly memory: CasesMemory | null
  /** Why `memory` is null. */
  readonly missing: string
}

const CasesContext = createContext<CasesSource | null>(null)

/** The page's counts of cases; null on pages that do not count cases by value. */
export const useCasesSource = (): CasesSource | null => use(CasesContext)

/** Lets the charts in it say how many cases have a value, under the filter that they show. */
export function CasesProvider({ filter, children }: { filter: Filter; children: ReactNode }) {
  const { engine, cube, stage, error } = useEngine()
  const key = formatFilter(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  const memory = useMemo(
    () => (engine && cube ? casesMemory(engine, cube.dimensions, filter) : null),
    [key, engine, cube],
  )
  // Counts of an earlier filter are not needed any more.
  useEffect(() => () => memory?.stop(), [memory])
  const missing =
    stage === 'error' && error
      ? `not counted: ${error}`
      : 'not counted until the image list is loaded'
  const source = useMemo(() => ({ memory, missing }), [memory, missing])
  return <CasesContext value={source}>{children}</CasesContext>
}
