'use client'

import { useSearchParams } from 'next/navigation'
import { useSyncExternalStore } from 'react'

const listeners = new Set<() => void>()

/**
 * The query string of the URL, without its question mark. A change by `putQueryString` renders at once, within
 * the click; the router does not render the page again for it.
 */
export const useQueryString = (): string => useOfQueryString(whole)

const whole = (query: string) => query

/** A part of the query string, as `useQueryString`; renders when that part changes. */
export function useOfQueryString(partOf: (query: string) => string): string {
  // Read for the server, which has no window, and so that navigations of the router render.
  const routed = useSearchParams()
  return useSyncExternalStore(
    subscribe,
    () => partOf(queryString()),
    () => partOf(routed?.toString() ?? ''),
  )
}

/** The query string as it is in the URL, or will be once the pending change is written. */
export const queryString = () => unwritten ?? window.location.search.slice(1)

/**
 * Change the query string.
 *
 * @param options `sameEntry` rewrites the latest entry of the history instead of adding one. The URL then
 *   changes once such changes pause, because a drag makes one with every step.
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

/** Browsers allow about 200 changes of the history in 10 s. */
const WRITE_AFTER_MS = 100
let unwritten: string | null = null
/** URL of the entry that the pending change belongs to. */
let unwrittenIn = ''
let timer: ReturnType<typeof setTimeout> | undefined

function writeLater(query: string) {
  unwritten = query
  unwrittenIn = window.location.href
  clearTimeout(timer)
  timer = setTimeout(write, WRITE_AFTER_MS)
}

/** Write the pending change into its entry. */
function write() {
  const query = unwritten
  forget()
  if (query !== null) window.history.replaceState(ownState(), '', addressOf(query))
}

function forget() {
  clearTimeout(timer)
  unwritten = null
}

// With the router's own state in it, the router treats an entry as its own and does not render again. In browsers
// without the Navigation API that must not happen, because only the router then reports entries.
const ownState = () => (navigation() ? window.history.state : null)

const addressOf = (query: string) => (query === '' ? window.location.pathname : `?${query}`)

/** The Navigation API, which reports entries that the router makes; null where the browser lacks it. */
const navigation = () => (window as { navigation?: EventTarget }).navigation

const isReplacement = (event: Event) =>
  (event as { navigationType?: string }).navigationType === 'replace'

function subscribe(changed: () => void) {
  const moved = (event: Event) => {
    // At another entry the pending change is dropped, because it belonged to the entry before. The router also
    // rewrites its own entry unchanged, some time after it made it; the pending change stays then.
    const isSame = isReplacement(event) && window.location.href === unwrittenIn
    if (!isSame) forget()
    changed()
  }
  listeners.add(changed)
  window.addEventListener('popstate', moved)
  navigation()?.addEventListener('currententrychange', moved)
  // Before a click that may lead to another page, and before the page is left.
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
