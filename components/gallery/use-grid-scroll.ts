'use client'

import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { GridLayout } from '../../lib/gallery/grid-layout'
import type { ScrollSpace } from '../../lib/gallery/scroll-space'
import {
  AT_TOP,
  offsetOf,
  type ScrollState,
  scrolled,
  scrolledTo,
  settled,
} from '../../lib/gallery/scroll-state'
import type { Flight } from './flight'

/** Rows drawn above and below those in sight. */
const OVERSCAN = 1

/** Scrolling rests after a pause of so long. */
const REST_MS = 180

export interface GridScroll {
  /** First row to draw, and last row, inclusive. */
  readonly first: number
  readonly last: number
  /** px by which rows are drawn below their position in the content. */
  readonly shift: number
  /** Scroll as little as possible to bring a row completely into sight. */
  readonly reveal: (row: number) => void
  readonly onScroll: () => void
  /** Rest at once, before another entry of the history is made. */
  readonly restNow: () => void
}

/**
 * Which rows of a long grid are drawn, and where.
 *
 * @param at Picture at the top; when it changes from outside, the grid scrolls there.
 * @param onRest Called with the picture at the top when scrolling rests.
 * @param flight Gets every step of scrolling.
 */
export function useGridScroll(
  scroller: RefObject<HTMLElement | null>,
  layout: GridLayout,
  viewport: number,
  at: number,
  onRest: (at: number) => void,
  flight: Flight,
): GridScroll {
  const state = useRef<ScrollState>(AT_TOP)
  const top = useRef(at)
  const told = useRef<number | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const space: ScrollSpace = { content: layout.height, viewport }
  const latest = useRef({ layout, space, onRest })
  // Before the layout effects below, which read it.
  useLayoutEffect(() => {
    latest.current = { layout, space, onRest }
  })
  const [drawn, setDrawn] = useState({ first: 0, last: -1, shift: 0 })

  const draw = useCallback(() => {
    const { layout, space } = latest.current
    const { shift } = state.current
    const offset = offsetOf(state.current)
    const first = Math.max(0, layout.rowAt(offset) - OVERSCAN)
    const last = Math.min(layout.rows - 1, layout.rowAt(offset + space.viewport) + OVERSCAN)
    setDrawn(old =>
      old.first === first && old.last === last && old.shift === shift
        ? old
        : { first, last, shift },
    )
  }, [])

  const go = useCallback(
    (next: ScrollState) => {
      state.current = next
      if (scroller.current) scroller.current.scrollTop = next.scrollTop
      draw()
    },
    [draw, scroller],
  )

  const rest = useCallback(() => {
    const { layout, space, onRest } = latest.current
    const next = settled(state.current, space)
    if (next.scrollTop !== state.current.scrollTop) go(next)
    if (layout.count === 0) return
    top.current = layout.row(layout.rowAt(offsetOf(state.current))).first
    told.current = top.current
    onRest(top.current)
  }, [go])

  const onScroll = useCallback(() => {
    if (!scroller.current) return
    const { space } = latest.current
    state.current = scrolled(state.current, scroller.current.scrollTop, space)
    flight.moved(offsetOf(state.current), space.viewport)
    draw()
    clearTimeout(timer.current)
    timer.current = setTimeout(rest, REST_MS)
  }, [draw, rest, scroller, flight])

  const restNow = useCallback(() => {
    // The event of the last scroll may not have been handled yet.
    onScroll()
    clearTimeout(timer.current)
    rest()
  }, [onScroll, rest])

  // After a change of density, width or list, the picture at the top stays there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the layout's own change is meant
  useLayoutEffect(() => {
    if (layout.rows === 0 || viewport === 0) return
    const offset = offsetOf(state.current)
    const wanted = placeOf(layout, top.current)
    const isThere = offset >= wanted.top && offset < wanted.bottom
    if (isThere && offset + viewport <= layout.height) draw()
    else go(scrolledTo(wanted.top, { content: layout.height, viewport }))
  }, [layout, viewport])

  // `at` changed by a link, the back button or "go to", and not by `onRest`.
  useLayoutEffect(() => {
    if (at === told.current) return
    told.current = at
    top.current = at
    const { layout, space } = latest.current
    // Nothing is drawn before the window is measured; the effect above then draws it there.
    if (layout.rows === 0 || space.viewport === 0) return
    go(scrolledTo(placeOf(layout, at).top, space))
  }, [at, go])

  useEffect(() => () => clearTimeout(timer.current), [])

  const reveal = useCallback(
    (index: number) => {
      const { layout, space } = latest.current
      const { top, bottom } = placeOf(layout, layout.row(index).first)
      const offset = offsetOf(state.current)
      const to =
        top < offset ? top : bottom > offset + space.viewport ? bottom - space.viewport : offset
      const near = scrolled(state.current, state.current.scrollTop + to - offset, space)
      go(Math.abs(offsetOf(near) - to) < 1 ? near : scrolledTo(to, space))
    },
    [go],
  )

  return { ...drawn, reveal, onScroll, restNow }
}

/** Top and bottom of a picture's row in px of the content, including a heading directly above it. */
function placeOf(layout: GridLayout, picture: number): { top: number; bottom: number } {
  const index = layout.rowOf(Math.min(picture, layout.count - 1))
  const row = layout.row(index)
  const before = layout.row(Math.max(0, index - 1))
  const bottom = row.top + row.height
  return { top: before.kind === 'head' ? before.top : row.top, bottom }
}
