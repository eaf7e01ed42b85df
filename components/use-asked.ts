'use client'

import { useEffect, useState } from 'react'
import type { CubeClient } from '../lib/cube/cube-client.browser.ts'
import { useEngine } from './engine-provider'

/** What the cubes say to a question beside the page's own counts. */
export interface Asked<Answer> {
  /** Of an earlier question while `pending`; null before the first. */
  readonly found: Answer | null
  /** True once the answer has not been that of the question for longer than a blink. */
  readonly pending: boolean
  readonly error: string | null
}

const LATE_MS = 150

/**
 * Ask the cubes; the latest question's answer wins.
 *
 * @param key Stands for the question; null while there is none to ask.
 */
export function useAsked<Answer>(
  key: string | null,
  ask: (cube: CubeClient) => Promise<Answer>,
): Asked<Answer> {
  const { cube, stage, error: broken } = useEngine()
  const [answer, setAnswer] = useState<{ key: string; error: string | null } | null>(null)
  const [found, setFound] = useState<Answer | null>(null)
  const [late, setLate] = useState<string | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: key stands for the question
  useEffect(() => {
    if (!cube || key === null) return
    let dropped = false
    // The page's own counts are asked first: effects of parents run after those of children.
    const start = setTimeout(() => {
      ask(cube).then(
        answered => {
          if (dropped) return
          setFound(answered)
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
  }, [key, cube])

  const current = key !== null && answer?.key === key
  return {
    found,
    pending: key !== null && !current && late === key,
    error: current ? answer.error : cube || stage !== 'error' ? null : broken,
  }
}
