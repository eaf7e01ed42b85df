'use client'

import { useEffect, useReducer, useRef } from 'react'
import type { FilterState } from '../use-filter'

/** Longer than counts from the cubes take, shorter than a reader waits for a tick. */
const PATIENCE_MS = 60

/**
 * The filter to show: together with its counts, so that a click draws the page once; before them if
 * they take longer than a blink.
 *
 * @param isCounted Whether the counts are those of the wanted filter.
 */
export function useShown(wanted: FilterState, isCounted: boolean): FilterState {
  const shown = useRef(wanted)
  const [, render] = useReducer((turns: number) => turns + 1, 0)
  if (isCounted) shown.current = wanted
  useEffect(() => {
    if (isCounted || shown.current === wanted) return
    const timer = setTimeout(() => {
      shown.current = wanted
      render()
    }, PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [wanted, isCounted])
  return shown.current
}
