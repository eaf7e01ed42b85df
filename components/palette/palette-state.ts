'use client'

import { useSyncExternalStore } from 'react'

/** The dialog that is open above the page. */
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

/** Open the search or the list of shortcuts, from anywhere in the code. */
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
 * After a dialog is closed, put the focus where it was before; the dialog has no trigger of its own. Radix calls
 * this a moment after closing. If another dialog was opened in that moment, it keeps the focus: otherwise its
 * focus trap would take the focus back and select the typed text.
 */
export function returnFocus(event: Event): void {
  event.preventDefault()
  if (view !== null) return
  if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
}

/** Called when the palette is mounted; returns a function for when it is unmounted. */
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

/** False if there is nothing to search, because the server has no manifest. */
export const useHasPalette = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => mounted > 0,
    () => true,
  )
