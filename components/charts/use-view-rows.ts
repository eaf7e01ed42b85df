'use client'

import { type RefObject, useEffectEvent, useLayoutEffect, useRef } from 'react'
import type { View } from 'vega'
import { DATA } from '../../lib/charts/base'
import { sameRows } from './mark-rows'

/**
 * Keeps a view's rows up to date. While they are drawn, the host has the attribute `data-drawing`, on which
 * tests and the bench wait.
 */
export function useViewRows(
  view: View | null,
  host: RefObject<HTMLElement | null>,
  rows: readonly object[],
  onReady?: () => void,
) {
  const drawn = useRef<{ view: View; rows: readonly object[] } | null>(null)
  const ready = useEffectEvent(() => onReady?.())
  useLayoutEffect(() => {
    const box = host.current
    const before = drawn.current
    if (!view || !box || (before?.view === view && sameRows(before.rows, rows))) return
    const now = { view, rows }
    drawn.current = now
    box.setAttribute('data-drawing', '')
    // Fitting the chart takes as long as drawing it, so it is only done once: names do not change.
    if (before?.view !== view) view.resize()
    view
      .data(DATA, [...rows])
      .runAsync()
      .then(() => {
        if (drawn.current !== now) return
        box.removeAttribute('data-drawing')
        ready()
      })
  }, [view, host, rows])
}
