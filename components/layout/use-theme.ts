'use client'

import { useCallback, useSyncExternalStore } from 'react'

export type Theme = 'light' | 'dark'

const subscribe = (changed: () => void) => {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}

const current = (): Theme => (document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light')

/** The theme of the page; the script in the layout sets it before the first paint. */
export const useTheme = (): Theme => useSyncExternalStore(subscribe, current, () => 'light')

/** Switch the theme and remember it on this device. */
export function useToggleTheme(): () => void {
  return useCallback(() => {
    const next: Theme = current() === 'dark' ? 'light' : 'dark'
    document.documentElement.dataset.theme = next
    try {
      localStorage.setItem('theme', next)
    } catch {
      // Storage may be disabled; the choice then lasts until the page is closed.
    }
  }, [])
}
