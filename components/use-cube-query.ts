'use client'

import type { CubeClient } from '../lib/cube/cube-client.browser.ts'
import { useEngine } from './engine-provider'
import { after, type QueryResult, useQuery } from './use-query'

/** The counts of the page are asked first: they start in the layout effects of the same render. */
const AFTER_COUNTS = after(0)

/**
 * As `useQuery`, of the cubes.
 *
 * @param key Stands for the question; null while there is none to ask.
 */
export function useCubeQuery<Found>(
  key: string | null,
  ask: (cube: CubeClient) => Promise<Found>,
): QueryResult<Found> {
  const { cube, stage, error } = useEngine()
  const result = useQuery(cube, key, ask, { when: AFTER_COUNTS })
  return cube || stage !== 'error' ? result : { ...result, error }
}
