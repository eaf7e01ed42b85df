'use client'

import { useEffect, useState } from 'react'
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
  const [shown, setShown] = useState(wanted)
  if (isCounted && shown !== wanted) setShown(wanted)
  useEffect(() => {
    if (isCounted) return
    const timer = setTimeout(() => setShown(wanted), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [wanted, isCounted])
  return isCounted ? wanted : shown
}
