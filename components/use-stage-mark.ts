'use client'

import { useEffect } from 'react'
import type { Stage } from './engine-state'

/** Main parts of pages say in `data-current` whether their counts are those of the address. */
const COUNTING = 'main[data-current="false"]'

/**
 * Names the stage in `<html data-state>`, for scripts. `rows` is there once the page has the counts of its
 * address: those that need the rows come a moment after them.
 */
export function useStageMark(stage: Stage): void {
  useEffect(() => {
    const mark = () => {
      if (stage === 'rows' && document.querySelector(COUNTING)) return false
      document.documentElement.dataset.state = stage
      return true
    }
    if (mark()) return
    const observer = new MutationObserver(() => mark() && observer.disconnect())
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributeFilter: ['data-current'],
    })
    return () => observer.disconnect()
  }, [stage])
}
