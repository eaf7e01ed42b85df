'use client'

import { useEffect } from 'react'
import type { Stage } from './engine-state'

/** `data-current` of `main` says whether the counts are those of the URL. */
const COUNTING = 'main[data-current="false"]'

/**
 * Writes the stage to `<html data-state>`, for scripts. `rows` is only written once the page shows the counts
 * of its URL, because counts that need the rows come a moment after them.
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
