'use client'

import { type RefObject, useEffect, useState } from 'react'

/** How far outside the window something still counts as seen: what is not painted can wait. */
const MARGIN = '0px'

export interface Sight {
  readonly isSeen: () => boolean
  /** Calls once, when the element comes into sight; the answer stops waiting. */
  readonly whenSeen: (call: () => void) => () => void
}

/** Whether an element is in sight, for what need not render when that changes. */
export function useSight(target: RefObject<HTMLElement | null>): Sight {
  const [sight] = useState(() => newSight(() => hasFocus(target.current)))
  useEffect(() => {
    if (!target.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(
      entries => sight.set(entries.at(-1)?.isIntersecting ?? true),
      { rootMargin: MARGIN },
    )
    observer.observe(target.current)
    return () => {
      observer.disconnect()
      sight.reset()
    }
  }, [target, sight])
  return sight
}

/** What has the focus is used before the observer can say that it is in sight. */
const hasFocus = (element: HTMLElement | null) => element?.contains(document.activeElement) ?? false

function newSight(
  isUsed: () => boolean,
): Sight & { set: (seen: boolean) => void; reset: () => void } {
  // Until the observer has said otherwise.
  let isSeen = true
  const waiting = new Set<() => void>()
  return {
    isSeen: () => isSeen || isUsed(),
    whenSeen(call) {
      waiting.add(call)
      return () => waiting.delete(call)
    },
    reset() {
      isSeen = true
    },
    set(seen) {
      isSeen = seen
      if (!seen) return
      const calls = [...waiting]
      waiting.clear()
      for (const call of calls) call()
    },
  }
}
