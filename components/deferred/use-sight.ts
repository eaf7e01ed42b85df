'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Of an element, or of the window: what shows less than this at an edge tells little, and can wait. */
const ENOUGH = 0.25
const STEPS = Array.from({ length: 21 }, (_, i) => i / 20)

export interface Sight {
  readonly isSeen: () => boolean
  /** Calls once, when the element comes into sight; the answer stops waiting. */
  readonly whenSeen: (call: () => void) => () => void
}

/** Whether enough of an element is in sight, for what need not render when that changes. */
export function useSight(target: RefObject<HTMLElement | null>): Sight {
  const [sight] = useState(() => newSight(() => hasFocus(target.current)))
  useEffect(() => {
    if (!target.current || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(entries => sight.set(isEnough(entries.at(-1))), {
      threshold: STEPS,
    })
    observer.observe(target.current)
    return () => {
      observer.disconnect()
      sight.reset()
    }
  }, [target, sight])
  return sight
}

function isEnough(entry: IntersectionObserverEntry | undefined): boolean {
  if (!entry) return true
  const { intersectionRatio, intersectionRect, rootBounds } = entry
  const room = rootBounds?.height ?? window.innerHeight
  return intersectionRatio >= ENOUGH || intersectionRect.height >= ENOUGH * room
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
