'use client'

import { type ReactNode, startTransition, useEffect, useState } from 'react'
import { messageOf } from '../../lib/errors'
import type { First } from '../../lib/first/first-answers'
import { PAINT_PLACEHOLDER } from '../../lib/first/placeholders.mjs'
import { AppFrame } from './app-frame'
import { readFirst } from './read-first'

/** Only in development the answers are asked for, and may not come. */
const unread = (cause: unknown): First => ({
  problem: messageOf(cause),
  place: { samed2d: 'npx samed2d', manifest: 'manifests/reference' },
})

/**
 * The body of every page. Until its script runs it is what the server painted (`RenderFirst`), which
 * React leaves as it is; then the same components take its place, alive.
 */
export function AppRoot({ children }: { children: ReactNode }) {
  const [first, setFirst] = useState<First | null>(null)
  useEffect(() => {
    readFirst().then(
      found => startTransition(() => setFirst(found)),
      cause => setFirst(unread(cause)),
    )
  }, [])
  if (first !== null) return <AppFrame first={first}>{children}</AppFrame>
  return (
    <div
      className="contents"
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; the server puts in what it rendered
      dangerouslySetInnerHTML={{ __html: PAINT_PLACEHOLDER }}
    />
  )
}
