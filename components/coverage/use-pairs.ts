'use client'

import { useEffect, useRef, useState } from 'react'
import type { CubeClient } from '../../lib/cube/cube-client.browser.ts'
import type { PairCount } from '../../lib/cube/pair-counts'
import { planCount } from '../../lib/cube/planner'
import { EMPTY_FILTER, type Filter, isEmpty } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { useEngine } from '../engine-provider'
import { MATRIX_KINDS, type MatrixKindName } from './matrix-kinds'

/** Pairs of one kind, under a filter and unfiltered. */
export interface Pairs {
  readonly kind: MatrixKindName
  readonly pairs: readonly PairCount[]
  /** null for labels: other filters have other frequent labels. */
  readonly all: readonly PairCount[] | null
}

export interface PairsResult {
  /** Of an earlier filter or kind while `pending`; null before the first. */
  readonly found: Pairs | null
  /** True once the pairs have not been those of the filter for longer than a blink. */
  readonly pending: boolean
  readonly error: string | null
  /** True if the filter waits for the rows. */
  readonly waiting: boolean
}

const LATE_MS = 150

/** Pairs of values under a filter, from the cubes; the latest question's answer wins. */
export function usePairs(filter: Filter, unions: boolean, kind: MatrixKindName): PairsResult {
  const { cube, stage, rowsLoaded, error: broken } = useEngine()
  const key = `${kind}&${formatFilter(filter)}&unions=${unions}`
  const [answer, setAnswer] = useState<{ key: string; error: string | null } | null>(null)
  const [found, setFound] = useState<Pairs | null>(null)
  const [late, setLate] = useState<string | null>(null)
  const unfiltered = useRef(new Map<string, readonly PairCount[]>())
  const waiting = !rowsLoaded && planCount(filter).path === 'rows'

  // biome-ignore lint/correctness/useExhaustiveDependencies: another manifest's cube counts anew
  useEffect(() => unfiltered.current.clear(), [cube])

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for kind, filter and unions
  useEffect(() => {
    if (!cube || waiting) return
    let dropped = false
    // The page's own counts are asked first: effects of parents run after those of children.
    const start = setTimeout(() => {
      ask(cube).then(
        pairs => {
          if (dropped) return
          setFound(pairs)
          setAnswer({ key, error: null })
        },
        cause => {
          if (!dropped) setAnswer({ key, error: String(cause?.message ?? cause) })
        },
      )
    }, 0)
    const dim = setTimeout(() => setLate(key), LATE_MS)
    return () => {
      dropped = true
      clearTimeout(start)
      clearTimeout(dim)
    }
    async function ask(cube: CubeClient): Promise<Pairs> {
      const { rowsBy, columnsBy } = MATRIX_KINDS[kind]
      const count = (f: Filter) => cube.pairs(f, unions, rowsBy, columnsBy)
      const known = `${kind}&unions=${unions}`
      const [pairs, all] = await Promise.all([
        isEmpty(filter) ? null : count(filter),
        kind === 'label' && !isEmpty(filter)
          ? null
          : (unfiltered.current.get(known) ?? count(EMPTY_FILTER)),
      ])
      if (all) unfiltered.current.set(known, all)
      return { kind, pairs: pairs ?? all ?? [], all: kind === 'label' ? null : all }
    }
  }, [key, cube, waiting])

  const current = answer?.key === key
  return {
    found,
    pending: !current && late === key,
    error: current ? answer.error : cube || stage !== 'error' ? null : broken,
    waiting,
  }
}
