'use client'

import { useSyncExternalStore } from 'react'

/** Below this width charts abbreviate and facets move into a sheet (Tailwind's md). */
const NARROW = '(max-width: 767px)'

const subscribe = (changed: () => void) => {
  const query = window.matchMedia(NARROW)
  query.addEventListener('change', changed)
  return () => query.removeEventListener('change', changed)
}

/** True on a narrow screen; false on the server. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => window.matchMedia(NARROW).matches,
    () => false,
  )
