'use client'

import { useEffect, useRef } from 'react'
import type { CubeClient } from '../../lib/cube/cube-client.browser.ts'
import type { PairCount } from '../../lib/cube/pair-counts'
import { planCount } from '../../lib/cube/planner'
import { EMPTY_FILTER, type Filter, isEmpty } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { useEngine } from '../engine-provider'
import { useCubeQuery } from '../use-cube-query'
import type { QueryResult } from '../use-query'
import { MATRIX_KINDS, type MatrixKindName } from './matrix-kinds'
import { cellsFilter } from './pick-cell'

/** Pairs of one kind, under a filter and unfiltered. */
export interface Pairs {
  readonly kind: MatrixKindName
  readonly pairs: readonly PairCount[]
  /** Null for labels, because each filter has other frequent labels. */
  readonly all: readonly PairCount[] | null
}

export interface PairsResult extends QueryResult<Pairs> {
  /** True if the filter waits for the rows. */
  readonly waiting: boolean
}

/** Pairs of values under a filter, from the cubes. */
export function usePairs(filter: Filter, kind: MatrixKindName): PairsResult {
  const { cube, rowsLoaded } = useEngine()
  const unfiltered = useRef(new Map<string, readonly PairCount[]>())
  const waiting = !rowsLoaded && planCount(cellsFilter(filter, MATRIX_KINDS[kind])).path === 'rows'

  // biome-ignore lint/correctness/useExhaustiveDependencies: another manifest's cube counts anew
  useEffect(() => unfiltered.current.clear(), [cube])

  const ask = async (cube: CubeClient): Promise<Pairs> => {
    const { rowsBy, columnsBy } = MATRIX_KINDS[kind]
    const count = (f: Filter) => cube.pairs(cellsFilter(f, MATRIX_KINDS[kind]), rowsBy, columnsBy)
    const [pairs, all] = await Promise.all([
      isEmpty(filter) ? null : count(filter),
      kind === 'label' && !isEmpty(filter)
        ? null
        : (unfiltered.current.get(kind) ?? count(EMPTY_FILTER)),
    ])
    if (all) unfiltered.current.set(kind, all)
    return { kind, pairs: pairs ?? all ?? [], all: kind === 'label' ? null : all }
  }
  const key = `${kind}&${formatFilter(filter)}`
  return { ...useCubeQuery(waiting ? null : key, ask), waiting }
}
