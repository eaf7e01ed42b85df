'use client'

import { useSearchParams } from 'next/navigation'
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/**
 * The address's query string, without its question mark. What `putQueryString` changes renders at
 * once, within the click, and the router is not asked to render the page once more.
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
  const { history } = window
  // The router takes an entry with its own state for one of its own, and leaves it alone. Browsers
  // that cannot tell of the router's entries need it to know ours.
  const state = navigation() ? history.state : null
  if (sameEntry) history.replaceState(state, '', to)
  else history.pushState(state, '', to)
  for (const changed of listeners) changed()
  return true
}

const queryString = () => window.location.search.slice(1)

/** Tells of entries that the router makes, of which it says nothing where it sees no change. */
const navigation = () => (window as { navigation?: EventTarget }).navigation

function subscribe(changed: () => void) {
  listeners.add(changed)
  window.addEventListener('popstate', changed)
  navigation()?.addEventListener('currententrychange', changed)
  return () => {
    listeners.delete(changed)
    window.removeEventListener('popstate', changed)
    navigation()?.removeEventListener('currententrychange', changed)
  }
}
