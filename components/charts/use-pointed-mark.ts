'use client'

import { useCallback, useEffect, useState } from 'react'
import type { View } from 'vega'
import type { Anchor } from './chart-tooltip'
import { isMarkRow } from './mark-rows'

type Item = { readonly datum?: unknown } | null | undefined

/** The value of the mark under the pointer; a click selects it. */
export function usePointedMark(view: View | null, onPick?: (value: string) => void) {
  const [pointed, setPointed] = useState<{ value: string; x: number; y: number } | null>(null)
  useEffect(() => {
    if (!view) return
    const move = (event: unknown, item: Item) => {
      const { clientX: x, clientY: y, buttons } = event as PointerEvent
      const datum = item?.datum
      // No tooltip during a drag.
      setPointed(isMarkRow(datum) && buttons === 0 ? { value: datum.value, x, y } : null)
    }
    const leave = () => setPointed(null)
    view.addEventListener('pointermove', move)
    view.addEventListener('pointerout', leave)
    return () => {
      view.removeEventListener('pointermove', move)
      view.removeEventListener('pointerout', leave)
    }
  }, [view])
  useEffect(() => {
    if (!view || !onPick) return
    const pick = (_: unknown, item: Item) => {
      if (isMarkRow(item?.datum)) onPick(item.datum.value)
    }
    view.addEventListener('click', pick)
    return () => {
      view.removeEventListener('click', pick)
    }
  }, [view, onPick])
  const anchor = useCallback((): Anchor => {
    const { x = 0, y = 0 } = pointed ?? {}
    return { left: x, right: x, top: y, bottom: y }
  }, [pointed])
  return { pointed: pointed?.value ?? null, anchor }
}
