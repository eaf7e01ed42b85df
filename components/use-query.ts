'use client'

import { useEffect, useLayoutEffect, useState } from 'react'
import { messageOf } from '../lib/errors'

/** The answer to a question, or why there is none yet. */
export interface QueryResult<Found> {
  /** Answers an earlier question while not `current`; null before the first answer and after an error. */
  readonly found: Found | null
  /** True once `found` or `error` belongs to the question that is asked now. */
  readonly current: boolean
  /** True once the answer has been missing for longer than a reader notices. */
  readonly pending: boolean
  readonly error: string | null
}

/** Decides when a question is asked: calls `ask` then. Returns a function that cancels it. */
export type When = (ask: () => void) => () => void

export interface QueryOptions<Found> {
  /**
   * The answer, where it is known without asking: nothing is asked then. Must stay the same object
   * from render to render.
   */
  readonly known?: Found | null
  /** By default at once: before the page paints what was clicked, so that workers count meanwhile. */
  readonly when?: When
}

interface Answer<Source, Found> {
  readonly key: string
  readonly source: Source | null
  readonly found: Found | null
  readonly error: string | null
}

/**
 * Ask a source a question. The latest question wins: an earlier one is aborted, and an answer that
 * still arrives is dropped. Another source is asked the same question again.
 *
 * @param source What answers; null until it is loaded. Must stay the same object from render to render.
 * @param key Stands for everything that `ask` depends on; null where there is nothing to ask.
 * @param ask Answers once, or several times, where each answer replaces the one before. Errors are caught.
 */
export function useQuery<Source, Found>(
  source: Source | null,
  key: string | null,
  ask: (source: Source, signal: AbortSignal) => Promise<Found> | AsyncIterable<Found>,
  { known = null, when = atOnce }: QueryOptions<Found> = {},
): QueryResult<Found> {
  const [answer, setAnswer] = useState<Answer<Source, Found> | null>(null)
  const isKnown = known !== null
  // The next question shows this answer until its own arrives.
  if (isKnown && key !== null && (answer?.key !== key || answer.found !== known))
    setAnswer({ key, source, found: known, error: null })

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for what ask and when depend on
  useLayoutEffect(() => {
    if (source === null || key === null || isKnown) return
    const stop = new AbortController()
    const settle = (found: Found | null, error: string | null) => {
      if (!stop.signal.aborted) setAnswer({ key, source, found, error })
    }
    const start = async () => {
      const asked = ask(source, stop.signal)
      for await (const found of Symbol.asyncIterator in asked ? asked : [asked]) {
        if (stop.signal.aborted) return
        settle(found, null)
      }
    }
    const cancel = when(() => {
      start().catch(error => settle(null, messageOf(error)))
    })
    return () => {
      cancel()
      stop.abort()
    }
  }, [source, key, isKnown])

  const isSame = answer?.key === key && (source === null || answer.source === source)
  const current = key !== null && (isKnown || isSame)
  return {
    found: isKnown ? known : (answer?.found ?? null),
    current,
    pending: useLate(key !== null && !current),
    error: current && !isKnown ? (answer?.error ?? null) : null,
  }
}

/** As `useQuery`, of the server. */
export const useServerQuery = <Found>(
  key: string | null,
  ask: (signal: AbortSignal) => Promise<Found>,
  options?: QueryOptions<Found>,
): QueryResult<Found> => useQuery(SERVER, key, (_server, signal) => ask(signal), options)

const SERVER = {}

const atOnce: When = ask => {
  ask()
  return () => {}
}

/** Ask once the question has stayed the same for so long. */
export const after =
  (ms: number): When =>
  ask => {
    const timer = setTimeout(ask, ms)
    return () => clearTimeout(timer)
  }

/** Dimming the page for an answer that comes sooner would cost more than the answer. */
const LATE_MS = 150

/** True once the condition has held for `LATE_MS`. */
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
