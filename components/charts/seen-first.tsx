'use client'

import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useSight } from './use-sight'

/** What is out of sight follows this much later, after what is in sight has been painted. */
const LATER_MS = 400

/** Brings its content up to date at once while it is in sight, and a moment later elsewhere. */
export function SeenFirst({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const sight = useSight(box)
  const seen = useSyncExternalStore(sight.subscribe, sight.isSeen, sight.isSeen)
  const [later, setLater] = useState(children)
  useEffect(() => {
    const timer = setTimeout(() => setLater(children), LATER_MS)
    return () => clearTimeout(timer)
  }, [children])
  return (
    <div ref={box} className="min-w-0">
      {seen ? children : later}
    </div>
  )
}
