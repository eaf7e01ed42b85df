'use client'

import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { View } from 'vega'
import { DATA } from '../../lib/charts/base'
import { sameRows } from './mark-rows'
import { useSight } from './use-sight'

/** What is out of sight follows this much later, after what is in sight has been painted. */
const LATER_MS = 400

/**
 * Keeps a view's rows up to date. While they are drawn, the host has the attribute `data-drawing`,
 * which scripts that wait for the picture look at (the bench, tests); out of sight it has
 * `data-waiting` until its turn comes, or until it is scrolled into sight.
 */
export function useViewRows(
  view: View | null,
  host: RefObject<HTMLElement | null>,
  rows: readonly object[],
  onReady?: () => void,
) {
  const drawn = useRef<{ view: View; rows: readonly object[] } | null>(null)
  const sight = useSight(host)
  const ready = useRef(onReady)
  ready.current = onReady
  useLayoutEffect(() => {
    const box = host.current
    if (!view || !box) return
    const before = drawn.current
    if (before?.view === view && sameRows(before.rows, rows)) {
      box.removeAttribute('data-waiting')
      return
    }
    const draw = () => {
      box.removeAttribute('data-waiting')
      box.setAttribute('data-drawing', '')
      const now = { view, rows }
      drawn.current = now
      view
        .data(DATA, [...rows])
        .runAsync()
        .then(() => {
          if (drawn.current !== now) return
          box.removeAttribute('data-drawing')
          ready.current?.()
        })
    }
    // The first drawing takes the placeholder's place, in sight or not.
    if (before?.view !== view || sight.isSeen()) return draw()
    box.setAttribute('data-waiting', '')
    const turn = () => {
      cancel()
      draw()
    }
    const timer = setTimeout(turn, LATER_MS)
    const stop = sight.whenSeen(turn)
    const cancel = () => {
      clearTimeout(timer)
      stop()
    }
    return cancel
  }, [view, host, rows, sight])
}
