'use client'

import { useSearchParams } from 'next/navigation'
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/**
 * The address's query string, without its question mark. What `putQueryString` changes renders at
 * once, within the click, and the router is not asked to render the page once more.
 */
export const useQueryString = (): string => useOfQueryString(whole)

const whole = (query: string) => query

/** A part of the query string, as `useQueryString`; renders when that part changes. */
export function useOfQueryString(partOf: (query: string) => string): string {
  // The server has no address, and a navigation of the router must render too.
  const routed = useSearchParams()
  return useSyncExternalStore(
    subscribe,
    () => partOf(queryString()),
    () => partOf(routed?.toString() ?? ''),
  )
}

/** The query string as it is, or is about to be, in the address. */
export const queryString = () => unwritten ?? window.location.search.slice(1)

/**
 * Change the query string: adds an entry to the history, or rewrites the latest. What is rewritten
 * with every step of a drag gets into the address when the drag pauses.
 *
 * @returns Whether the query string changed.
 */
export function putQueryString(query: string, { sameEntry = false } = {}): boolean {
  if (query === queryString()) return false
  if (sameEntry) writeLater(query)
  else {
    write()
    window.history.pushState(ownState(), '', addressOf(query))
  }
  for (const changed of listeners) changed()
  return true
}

/** A rewritten entry costs a message to the browser's own process, which takes 200 of them in 10 s. */
const WRITE_AFTER_MS = 100
let unwritten: string | null = null
/** Address of the entry that it belongs to. */
let unwrittenIn = ''
let timer: ReturnType<typeof setTimeout> | undefined

function writeLater(query: string) {
  unwritten = query
  unwrittenIn = window.location.href
  clearTimeout(timer)
  timer = setTimeout(write, WRITE_AFTER_MS)
}

/** Put what is unwritten into the entry that it belongs to. */
function write() {
  const query = unwritten
  forget()
  if (query !== null) window.history.replaceState(ownState(), '', addressOf(query))
}

function forget() {
  clearTimeout(timer)
  unwritten = null
}

// The router takes an entry with its own state for one of its own, and leaves it alone. Browsers
// that cannot tell of the router's entries need it to know ours.
const ownState = () => (navigation() ? window.history.state : null)

const addressOf = (query: string) => (query === '' ? window.location.pathname : `?${query}`)

/** Tells of entries that the router makes, of which it says nothing where it sees no change. */
const navigation = () => (window as { navigation?: EventTarget }).navigation

const isReplacement = (event: Event) =>
  (event as { navigationType?: string }).navigationType === 'replace'

function subscribe(changed: () => void) {
  const moved = (event: Event) => {
    // Of another entry: what was to be written belonged to the one before. The router rewrites its entry
    // as it is, some time after it was made, when the next step may be under way.
    const isSame = isReplacement(event) && window.location.href === unwrittenIn
    if (!isSame) forget()
    changed()
  }
  listeners.add(changed)
  window.addEventListener('popstate', moved)
  navigation()?.addEventListener('currententrychange', moved)
  // A click may lead to another page, and a hidden page may not come back.
  window.addEventListener('click', write, true)
  window.addEventListener('pagehide', write)
  return () => {
    listeners.delete(changed)
    window.removeEventListener('popstate', moved)
    navigation()?.removeEventListener('currententrychange', moved)
    if (listeners.size > 0) return
    window.removeEventListener('click', write, true)
    window.removeEventListener('pagehide', write)
  }
}
