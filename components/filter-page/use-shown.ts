'use client'

import { useEffect, useState } from 'react'
import type { FilterState } from '../use-filter'

/** Longer than a count from the cubes takes, and too short for a reader to notice. */
const PATIENCE_MS = 60

/**
 * The filter to show. It changes together with its counts, so that a click draws the page once; if counting
 * takes longer than `PATIENCE_MS`, it changes before.
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
