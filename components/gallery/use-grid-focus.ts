'use client'

import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useRef } from 'react'
import type { GridLayout } from '../../lib/gallery/grid-layout'
import { moveFocus } from '../../lib/gallery/move-focus'

export interface GridFocus {
  readonly onKeyDown: (event: KeyboardEvent) => void
  /** Whether a picture has the focus; its row is then rendered even out of sight. */
  readonly hasFocus: () => boolean
}

/** Moves the focus between pictures by keys, also to pictures that are not rendered yet. */
export function useGridFocus(
  scroller: RefObject<HTMLElement | null>,
  layout: GridLayout,
  pageRows: number,
  reveal: (row: number) => void,
  onActive: (picture: number) => void,
): GridFocus {
  const waiting = useRef<number | null>(null)
  // The picture that a key moved to is rendered now.
  useLayoutEffect(() => {
    if (waiting.current === null) return
    const picture = pictureAt(scroller.current, waiting.current)
    if (!picture) return
    waiting.current = null
    picture.focus({ preventScroll: true })
  })
  const onKeyDown = useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || layout.count === 0) return
      const from = (event.target as Element).getAttribute('data-index')
      if (from === null) return
      const to = moveFocus(layout, Number(from), event.key, pageRows)
      if (to === null) return
      event.preventDefault()
      waiting.current = to
      onActive(to)
      reveal(layout.rowOf(to))
      const picture = pictureAt(scroller.current, to)
      picture?.focus({ preventScroll: true })
      if (picture) waiting.current = null
    },
    [layout, pageRows, reveal, onActive, scroller],
  )
  const hasFocus = useCallback(
    () => scroller.current?.contains(document.activeElement) ?? false,
    [scroller],
  )
  return { onKeyDown, hasFocus }
}

const pictureAt = (scroller: HTMLElement | null, index: number) =>
  scroller?.querySelector<HTMLElement>(`[data-index="${index}"]`)
