'use client'

import { useSearchParams } from 'next/navigation'
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/**
 * The address's query string, without its question mark. What `putQueryString` changes renders at
 * once, within the click: the router's own state follows in a transition, some frames later.
 */
export function useQueryString(): string {
  // The server has no address, and a navigation of the router must render too.
  const routed = useSearchParams()
  return useSyncExternalStore(subscribe, queryString, () => routed?.toString() ?? '')
}

/**
 * Change the query string: adds an entry to the history, or rewrites the latest.
 *
 * @returns Whether the address changed.
 */
export function putQueryString(query: string, { sameEntry = false } = {}): boolean {
  if (query === queryString()) return false
  const to = query === '' ? window.location.pathname : `?${query}`
  if (sameEntry) window.history.replaceState(null, '', to)
  else window.history.pushState(null, '', to)
  for (const changed of listeners) changed()
  return true
}

const queryString = () => window.location.search.slice(1)

function subscribe(changed: () => void) {
  listeners.add(changed)
  window.addEventListener('popstate', changed)
  return () => {
    listeners.delete(changed)
    window.removeEventListener('popstate', changed)
  }
}
