'use client'

import { type MouseEvent, type PointerEvent, type RefObject, useRef, useState } from 'react'
import type { View } from 'vega'
import { type Box, bandsOf } from './mark-geometry'

/** Less is a click by a shaky hand. */
const DRAG_PX = 4

interface Drag {
  readonly from: number
  readonly anchor: number
  last: number
  isBrush: boolean
}

/**
 * Drags across the bands of the x axis: the values between are told at each new band, and once more
 * at the end. The view knows nothing of it, so new rows do not end a drag. Clicks stay clicks.
 */
export function useBandBrush(
  view: View | null,
  host: RefObject<HTMLElement | null>,
  onBrush?: (values: readonly string[], done: boolean) => void,
) {
  const drag = useRef<Drag | null>(null)
  const wasBrush = useRef(false)
  const [box, setBox] = useState<Box | null>(null)
  if (!onBrush || !view) return { box: null, handlers: {} }

  const bandAt = (clientX: number) => {
    const bands = bandsOf(view, 'x')
    const domain = bands?.domain() ?? []
    if (!bands || !host.current || domain.length === 0) return -1
    const x = clientX - host.current.getBoundingClientRect().left - view.origin()[0]
    const from = bands(domain[0]) ?? 0
    return Math.max(0, Math.min(domain.length - 1, Math.floor((x - from) / bands.step())))
  }
  const tell = ({ anchor, last }: Drag, done: boolean) => {
    const bands = bandsOf(view, 'x')
    if (!bands) return
    const values = bands.domain().slice(Math.min(anchor, last), Math.max(anchor, last) + 1)
    const [left, top] = view.origin()
    const from = bands(values[0]) ?? 0
    const to = (bands(values.at(-1)) ?? 0) + bands.bandwidth()
    setBox(done ? null : { left: left + from, top, width: to - from, height: view.height() })
    onBrush(values, done)
  }
  const end = () => {
    const now = drag.current
    drag.current = null
    if (now?.isBrush) tell(now, true)
  }
  return {
    box,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        wasBrush.current = false
        const anchor = event.button === 0 ? bandAt(event.clientX) : -1
        drag.current =
          anchor < 0 ? null : { from: event.clientX, anchor, last: anchor, isBrush: false }
      },
      onPointerMove: (event: PointerEvent) => {
        const now = drag.current
        if (!now) return
        const started = now.isBrush
        if (!started) {
          if (Math.abs(event.clientX - now.from) < DRAG_PX) return
          now.isBrush = true
          wasBrush.current = true
          // The drag goes on outside of the drawing.
          event.currentTarget.setPointerCapture?.(event.pointerId)
        }
        const band = bandAt(event.clientX)
        if (started && band === now.last) return
        now.last = band
        tell(now, false)
      },
      onPointerUp: end,
      // A finger that scrolls the page ends the drag where it was.
      onPointerCancel: end,
      onClickCapture: (event: MouseEvent) => {
        if (!wasBrush.current) return
        wasBrush.current = false
        event.stopPropagation()
      },
    },
  }
}
