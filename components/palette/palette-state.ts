'use client'

import { useSyncExternalStore } from 'react'

/** What is open above the page. */
export type PaletteView = 'search' | 'shortcuts' | null

let view: PaletteView = null
let mounted = 0
let opener: Element | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Open the search or the list of shortcuts, from anywhere on the page. */
export function openPalette(wanted: Exclude<PaletteView, null>): void {
  if (view === null) opener = document.activeElement
  view = wanted
  tell()
}

export function closePalette(): void {
  view = null
  tell()
}

/**
 * Once a dialog is closed, the focus goes back to where it was: it has no trigger of its own.
 * Radix calls this a moment after closing. If a dialog was opened in that moment, it keeps the focus;
 * taking it away would make its focus trap take it back and select the typed text.
 */
export function returnFocus(event: Event): void {
  event.preventDefault()
  if (view !== null) return
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
}

/** Called by the palette while it is on the page; returns what takes it off. */
export function mountPalette(): () => void {
  mounted++
  tell()
  return () => {
    mounted--
    view = null
    tell()
  }
}

export const isPaletteOpen = (): boolean => view !== null

export const usePaletteView = (): PaletteView =>
  useSyncExternalStore(
    subscribe,
    () => view,
    () => null,
  )

/** False where there is nothing to search: the server has no manifest. */
export const useHasPalette = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => mounted > 0,
    () => true,
  )
