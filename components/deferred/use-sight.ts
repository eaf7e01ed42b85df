'use client'

import { type RefObject, useEffect, useState } from 'react'

/** An element is in sight if so much of it, or of the window's height, is visible. */
const ENOUGH = 0.25
const STEPS = Array.from({ length: 21 }, (_, i) => i / 20)

export interface Sight {
  readonly isSeen: () => boolean
  /** Calls back once, when the element comes into sight. Returns a function that cancels. */
  readonly whenSeen: (call: () => void) => () => void
}

/** Whether an element is in sight. Changes do not render; ask `isSeen`, or wait with `whenSeen`. */
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

/** An element with the focus counts as seen, even before the observer has reported it. */
const hasFocus = (element: HTMLElement | null) => element?.contains(document.activeElement) ?? false

function newSight(
  isUsed: () => boolean,
): Sight & { set: (seen: boolean) => void; reset: () => void } {
  // In sight until the observer reports otherwise.
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
