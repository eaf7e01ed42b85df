'use client'

import {
  type ReactNode,
  startTransition,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { messageOf } from '../../lib/errors'
import type { First } from '../../lib/first/first-answers'
import { PAINT_PLACEHOLDER } from '../../lib/first/placeholders.mjs'
import { AppFrame } from './app-frame'
import { focusAt, focusedPath } from './keep-focus'
import { readFirst } from './read-first'

/** Only in development the answers are asked for, and may not come. */
const unread = (cause: unknown): First => ({
  problem: messageOf(cause),
  place: { samed2d: 'npx samed2d', manifest: 'manifests/reference' },
})

/**
 * The body of every page. Until its script runs it is what the server painted (`RenderFirst`), which
 * React leaves as it is; then the same components take its place, alive, with the focus where it was.
 *
 * What the server painted has no handlers yet: its links work, and its controls are disabled, lest a
 * click, a text or a file given to them is lost.
 */
export function AppRoot({ children }: { children: ReactNode }) {
  const [first, setFirst] = useState<First | null>(null)
  const focused = useRef<readonly number[] | null>(null)
  useEffect(() => {
    readFirst().then(
      found => startTransition(() => setFirst(found)),
      cause => setFirst(unread(cause)),
    )
  }, [])
  useLayoutEffect(() => {
    if (first !== null && focused.current) focusAt(document.body, focused.current)
  }, [first])
  if (first !== null) return <AppFrame first={first}>{children}</AppFrame>
  return (
    <fieldset
      // Its cleanup runs while the element, and the focus in it, are still there.
      ref={painted => () => {
        focused.current = painted && focusedPath(painted)
      }}
      disabled
      role="presentation"
      className="contents"
      data-first-paint=""
      suppressHydrationWarning
      // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant; the server puts in what it rendered
      dangerouslySetInnerHTML={{ __html: PAINT_PLACEHOLDER }}
    />
  )
}
