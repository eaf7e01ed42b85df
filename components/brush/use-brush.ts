'use client'

import { type MouseEvent, type PointerEvent, useRef, useState } from 'react'

/** Less is a click by a shaky hand. */
const DRAG_PX = 4

/** Bins that a drag crosses. */
export interface Crossed {
  readonly first: number
  readonly last: number
}

interface Drag {
  readonly fromX: number
  readonly anchor: number
  last: number
  isBrush: boolean
}

/**
 * Drags over the bins of a histogram: the bins between are told at each new one, and once more at
 * the end. What stays within the bin where it began is a click; the click that a browser makes of a
 * drag's end is none.
 *
 * @param binAt The bin at a place in the window, of those there are; null where there are none.
 * @param onClick Called with the bin of a click; left out where marks take their clicks themselves.
 */
export function useBrush(
  binAt: (clientX: number, target: Element) => number | null,
  onBrush: (crossed: Crossed, done: boolean) => void,
  onClick?: (bin: number) => void,
) {
  const drag = useRef<Drag | null>(null)
  const wasBrush = useRef(false)
  const [crossed, setCrossed] = useState<Crossed | null>(null)
  const tell = ({ anchor, last }: Drag, done: boolean) => {
    const bins = { first: Math.min(anchor, last), last: Math.max(anchor, last) }
    setCrossed(done ? null : bins)
    onBrush(bins, done)
  }
  const end = () => {
    const now = drag.current
    drag.current = null
    if (now?.isBrush) tell(now, true)
  }
  return {
    /** Of the drag that is going on. */
    crossed,
    handlers: {
      onPointerDown: ({ button, clientX, currentTarget }: PointerEvent) => {
        wasBrush.current = false
        const anchor = button === 0 ? binAt(clientX, currentTarget) : null
        drag.current =
          anchor === null ? null : { fromX: clientX, anchor, last: anchor, isBrush: false }
      },
      onPointerMove: ({ clientX, currentTarget, pointerId }: PointerEvent) => {
        const now = drag.current
        const bin = now && binAt(clientX, currentTarget)
        if (!now || bin === null || bin === now.last) return
        if (!now.isBrush) {
          if (Math.abs(clientX - now.fromX) < DRAG_PX) return
          now.isBrush = true
          wasBrush.current = true
          // The drag goes on outside of the drawing.
          currentTarget.setPointerCapture?.(pointerId)
        }
        now.last = bin
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
      onClick: ({ clientX, currentTarget }: MouseEvent) => {
        const bin = onClick ? binAt(clientX, currentTarget) : null
        if (bin !== null) onClick?.(bin)
      },
    },
  }
}
