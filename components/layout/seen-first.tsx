'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** How far outside the window something still counts as seen. */
const MARGIN = '200px'

/** What is out of sight follows this much later, after what is in sight has been painted. */
const LATER_MS = 400

/** Brings its content up to date at once while it is in sight, and a moment later elsewhere. */
export function SeenFirst({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState(false)
  const [later, setLater] = useState(children)
  useEffect(() => {
    if (!box.current) return
    const observer = new IntersectionObserver(
      ([entry]) => setSeen(entry?.isIntersecting ?? false),
      {
        rootMargin: MARGIN,
      },
    )
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
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
