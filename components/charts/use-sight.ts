'use client'

import { type RefObject, useEffect, useState } from 'react'

/** How far outside the window something still counts as seen: what is not painted can wait. */
const MARGIN = '0px'

export interface Sight {
  readonly isSeen: () => boolean
  /** Calls whenever that changes; the answer stops listening. */
  readonly subscribe: (changed: () => void) => () => void
  /** Calls once, when the element comes into sight; the answer stops waiting. */
  readonly whenSeen: (call: () => void) => () => void
}

/** Whether an element is in sight. Nothing renders when that changes, but for who subscribes. */
export function useSight(target: RefObject<HTMLElement | null>): Sight {
  const [sight] = useState(newSight)
  useEffect(() => {
    if (!target.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(
      entries => sight.set(entries.at(-1)?.isIntersecting ?? true),
      { rootMargin: MARGIN },
    )
    observer.observe(target.current)
    return () => {
      observer.disconnect()
      sight.set(true)
    }
  }, [target, sight])
  return sight
}

function newSight(): Sight & { set: (seen: boolean) => void } {
  // Until the observer has said otherwise.
  let isSeen = true
  const waiting = new Set<() => void>()
  const listeners = new Set<() => void>()
  return {
    isSeen: () => isSeen,
    subscribe(changed) {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    whenSeen(call) {
      waiting.add(call)
      return () => waiting.delete(call)
    },
    set(seen) {
      const hasChanged = seen !== isSeen
      isSeen = seen
      if (hasChanged) for (const changed of listeners) changed()
      if (!seen) return
      const calls = [...waiting]
      waiting.clear()
      for (const call of calls) call()
    },
  }
}
