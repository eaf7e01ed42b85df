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

/** Gives the charts in it counts of cases by value, under a filter. */
export function CasesProvider({
  filter,
  unions,
  children,
}: {
  filter: Filter
  unions: boolean
  children: ReactNode
}) {
  const { engine, cube, stage, error } = useEngine()
  const key = formatFilter(filter)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  const memory = useMemo(
    () => (engine && cube ? casesMemory(engine, cube.dimensions, filter, unions) : null),
    [key, unions, engine, cube],
  )
  // Counts of an earlier filter are not needed any more.
  useEffect(() => () => memory?.stop(), [memory])
  const missing =
    stage === 'error' && error ? `not counted: ${error}` : 'counted once the image list is loaded'
  const source = useMemo(() => ({ memory, missing }), [memory, missing])
  return <CasesContext value={source}>{children}</CasesContext>
}
