'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { carriedPath } from '../../lib/catalog/carried'
import { PAGES } from '../../lib/catalog/pages'
import { queryString } from '../use-query-string'
import { isPaletteOpen, openPalette } from './palette-state'

/** How long "g" waits for a second key. */
const SEQUENCE_MS = 1000

/** The keyboard shortcuts of every page: Ctrl or Cmd and K, "/", "?", and "g" followed by a page's letter. */
export function useShortcuts(): void {
  const router = useRouter()
  useEffect(() => {
    let goingSince = Number.NEGATIVE_INFINITY
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.repeat) return
      const { key } = event
      if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        if (key.toLowerCase() !== 'k') return
        event.preventDefault()
        openPalette('search')
        return
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return
      const going = event.timeStamp - goingSince < SEQUENCE_MS
      goingSince = key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      const place = going ? PAGES.find(place => place.key === key) : undefined
      if (place) {
        router.push(carriedPath(place.path, window.location.pathname, queryString()))
      } else if (key === '/') openPalette('search')
      else if (key === '?') openPalette('shortcuts')
      else return
      event.preventDefault()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [router])
}

/** Whether a text field has the focus, or a dialog is open. */
function isBusy(target: EventTarget | null): boolean {
  if (isPaletteOpen() || document.querySelector('[role="dialog"]')) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable) return true
  if (target instanceof HTMLInputElement) return !NOT_WRITTEN_IN.has(target.type)
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
}

const NOT_WRITTEN_IN = new Set(['checkbox', 'radio', 'button', 'submit', 'reset', 'range'])
