'use client'

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Counts } from '../lib/counts/counts'
import { summaryCounts } from '../lib/counts/summary-counts'
import { type Plan, planCount } from '../lib/cube/planner'
import type { Filter } from '../lib/filter/filter'
import { isEmpty } from '../lib/filter/filter'
import { formatFilter } from '../lib/filter/query-string'
import { useEngine, useFirstCounts } from './engine-provider'
import type { EngineState } from './engine-state'

export interface CountsResult {
  /** Counts of the filter; of an earlier one while `pending`; null before the first. */
  readonly counts: Counts | null
  /** Cases with a selected image; null until the rows are loaded and counted. */
  readonly cases: number | null
  /** True if the counts are those of the filter. */
  readonly current: boolean
  /** True once the numbers have not been those of the filter for longer than a blink. */
  readonly pending: boolean
  readonly error: string | null
  /** What answered: the manifest's summary, the cubes or the rows. */
  readonly path: 'summary' | 'cubes' | 'rows'
  /** Why the cubes did not answer alone, for people; empty if they did. */
  readonly reasons: readonly string[]
  /** From asking to the last answer. */
  readonly ms: number
}

interface Answer {
  readonly key: string
  readonly counts: Counts | null
  readonly path: Plan['path']
  readonly reasons: Plan['reasons']
  readonly ms: number
  readonly error: string | null
}

const NO_REASONS: readonly string[] = []

/** The server counts from the same cubes. */
const FROM_SERVER = { path: 'cubes', reasons: NO_REASONS, ms: 0, error: null } as const

/** Counts of a filter, from the summary where it has them, else from the engine. */
export function useCounts(filter: Filter): CountsResult {
  const state = useEngine()
  const { stage, manifest } = state
  const key = formatFilter(filter)
  const first = useFirstCounts()
  const inSummary = isEmpty(filter)
  const [answer, setAnswer] = useState<Answer | null>(first && { ...FROM_SERVER, ...first })
  const cases = useCases(filter, state)
  const counter = counterFor(filter, state)

  // Before the page paints what was clicked: its worker counts meanwhile.
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  useLayoutEffect(() => {
    if (inSummary || !counter || answer?.key === key) return
    const stop = new AbortController()
    const start = performance.now()
    const settle = (result: Pick<Answer, 'counts' | 'error'>) => {
      if (stop.signal.aborted) return
      const ms = performance.now() - start
      setAnswer({ key, ...result, path: counter.path, reasons: counter.reasons, ms })
    }
    counter.count(filter).then(
      counts => settle({ counts, error: null }),
      error => settle({ counts: null, error: String(error?.message ?? error) }),
    )
    return () => stop.abort()
  }, [key, counter?.path, counter?.engine])

  const summary = useMemo(() => summaryCounts(manifest.summary), [manifest.summary])
  const current = inSummary || answer?.key === key
  const late = useLate(!current)
  const settled = useMemo<CountsResult | null>(() => {
    const known = { current: true, pending: false }
    if (inSummary) {
      const { cases } = manifest.summary.totals
      const answered = { path: 'summary', reasons: NO_REASONS, ms: 0 } as const
      return { ...known, ...answered, counts: summary, cases, error: null }
    }
    if (answer?.key !== key) return null
    const { counts, path, reasons, ms, error } = answer
    return { ...known, counts, cases, path, reasons, ms, error }
  }, [inSummary, answer, key, cases, summary, manifest.summary.totals])
  // While an answer is awaited, what was last known stays.
  const last = useRef(settled ?? NOTHING)
  if (settled) last.current = settled
  const pending = late && stage !== 'error'
  return useMemo(
    () => settled ?? { ...last.current, current: false, pending, error: null },
    [settled, pending],
  )
}

const NOTHING: CountsResult = {
  counts: null,
  cases: null,
  current: false,
  pending: false,
  error: null,
  path: 'cubes',
  reasons: NO_REASONS,
  ms: 0,
}

/** Dimming the page for an answer that comes at once would cost more than the answer. */
const LATE_MS = 150

/** True once the condition has held for a while. */
function useLate(waiting: boolean): boolean {
  const [late, setLate] = useState(false)
  useEffect(() => {
    if (!waiting) return
    const timer = setTimeout(() => setLate(true), LATE_MS)
    return () => {
      clearTimeout(timer)
      setLate(false)
    }
  }, [waiting])
  return waiting && late
}

interface Counter extends Plan {
  /** What would have to answer anew if it were another. */
  readonly engine: object
  count(filter: Filter): Promise<Counts>
}

/** The cubes where they are exact, else the rows once they are there. */
function counterFor(filter: Filter, { cube, rowsLoaded }: EngineState): Counter | null {
  if (!cube) return null
  const plan = planCount(filter)
  return plan.path === 'cubes' || rowsLoaded ? { ...plan, engine: cube, count: cube.count } : null
}

/** Cases wait for a pause: what is clicked through is not counted. */
const CASES_AFTER_MS = 250

function useCases(filter: Filter, { cube, rowsLoaded }: EngineState): number | null {
  const key = formatFilter(filter)
  const [found, setFound] = useState<{ key: string; cases: number } | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for filter
  useEffect(() => {
    if (!cube || !rowsLoaded || isEmpty(filter)) return
    let dropped = false
    const settle = (answer: typeof found) => {
      if (!dropped) setFound(answer)
    }
    const timer = setTimeout(() => {
      cube.cases(filter).then(
        cases => settle({ key, cases }),
        // A failed count shows as unknown; what broke the counts is reported by them.
        () => settle(null),
      )
    }, CASES_AFTER_MS)
    return () => {
      dropped = true
      clearTimeout(timer)
    }
  }, [key, cube, rowsLoaded])
  return found?.key === key ? found.cases : null
}
