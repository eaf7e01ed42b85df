'use client'

import { useEffect, useMemo, useState } from 'react'
import type { Filter } from '../lib/filter/filter'
import { isEmpty } from '../lib/filter/filter'
import { formatFilter } from '../lib/filter/query-string'
import { resolveFilter } from '../lib/filter/selection'
import { cubesAreExact, type Source } from '../lib/queries/cells'
import { type Counts, counts } from '../lib/queries/counts'
import { countCases } from '../lib/queries/totals'
import { useEngine } from './engine-provider'
import type { EngineState } from './engine-state'

export interface CountsResult {
  /** Counts of the filter; of an earlier one while `pending`; null before the first. */
  readonly counts: Counts | null
  /** Cases with a selected image; null until the rows are loaded and counted. */
  readonly cases: number | null
  /** True while the numbers are not those of the filter. */
  readonly pending: boolean
  readonly error: string | null
  /** What answered: the manifest's summary, the cubes or the rows. */
  readonly path: 'summary' | Source
  /** From asking to the last answer. */
  readonly ms: number
}

interface Answer {
  readonly key: string
  readonly counts: Counts | null
  readonly path: Source
  readonly ms: number
  readonly error: string | null
}

/** Counts of a filter, from the summary where it has them, else from the engine. */
export function useCounts(filter: Filter, unions: boolean): CountsResult {
  const state = useEngine()
  const { engine, dimensions, stage, manifest } = state
  const key = `${formatFilter(filter)}&unions=${unions}`
  const inSummary = isEmpty(filter) && !unions
  const [answer, setAnswer] = useState<Answer | null>(null)
  const cases = useCases(filter, state)
  const source = sourceFor(filter, state)

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter and unions
  useEffect(() => {
    if (inSummary || !engine || !dimensions || !source) return
    const stop = new AbortController()
    const start = performance.now()
    counts(engine, dimensions, filter, { source, unions }, stop.signal).then(
      found => {
        if (stop.signal.aborted) return
        const ms = performance.now() - start
        setAnswer({ key, counts: found, path: source, ms, error: null })
      },
      error => {
        if (stop.signal.aborted) return
        setAnswer({
          key,
          counts: null,
          path: source,
          ms: 0,
          error: String(error?.message ?? error),
        })
      },
    )
    return () => stop.abort()
  }, [key, engine, dimensions, source])

  const summary = manifest.summary as unknown as Counts
  return useMemo(() => {
    if (inSummary)
      return {
        counts: summary,
        cases: manifest.summary.totals.cases,
        pending: false,
        error: null,
        path: 'summary',
        ms: 0,
      }
    const current = answer?.key === key
    return {
      counts: answer?.counts ?? null,
      cases,
      pending: !current && stage !== 'error',
      error: current ? answer.error : null,
      path: answer?.path ?? 'cubes',
      ms: answer?.ms ?? 0,
    }
  }, [inSummary, answer, key, cases, stage, summary, manifest.summary.totals.cases])
}

/** The cubes where they are exact, else the rows once they are there. */
function sourceFor(filter: Filter, { dimensions, stage }: EngineState): Source | null {
  if (!dimensions) return null
  if (cubesAreExact(resolveFilter(filter, dimensions))) return 'cubes'
  return stage === 'rows' ? 'rows' : null
}

function useCases(filter: Filter, { engine, dimensions, stage }: EngineState): number | null {
  const key = formatFilter(filter)
  const [found, setFound] = useState<{ key: string; cases: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  useEffect(() => {
    if (!engine || !dimensions || stage !== 'rows' || isEmpty(filter)) return
    const stop = new AbortController()
    countCases(engine, resolveFilter(filter, dimensions), stop.signal).then(
      cases => {
        if (!stop.signal.aborted) setFound({ key, cases })
      },
      // A failed count shows as unknown; what broke the engine is reported by the engine.
      () => {
        if (!stop.signal.aborted) setFound(null)
      },
    )
    return () => stop.abort()
  }, [key, engine, dimensions, stage])
  return found?.key === key ? found.cases : null
}
