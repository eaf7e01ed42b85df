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

/** In development the answers are requested from the server, which may fail. */
const unread = (cause: unknown): First => ({
  problem: messageOf(cause),
  place: { samed2d: 'npx samed2d', manifest: 'manifests/reference' },
})

/**
 * The body of every page. Until the script runs, it is the HTML of the server (`RenderFirst`), which React does
 * not touch. Then the same components replace it, and the focus stays where it was.
 *
 * The HTML of the server has no event handlers. Links work; other controls are disabled, so that no click or
 * input is lost.
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
      // The cleanup runs before the element is removed, while the focus is still in it.
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
