'use client'

import { type MouseEvent, type PointerEvent, useRef, useState } from 'react'

/** A shorter drag counts as a click. */
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
 * Drags over the bins of a histogram. `onBrush` is called with the crossed bins at each new bin, and once more
 * at the end. A drag that stays within one bin is a click; the click event at the end of a longer drag is
 * ignored.
 *
 * @param binAt The bin at a position in the window; null if there is none.
 * @param onClick Called with the bin of a click; omitted where marks handle clicks themselves.
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
    /** The bins that the current drag crosses. */
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
          // So that the drag continues outside of the drawing.
          currentTarget.setPointerCapture?.(pointerId)
        }
        now.last = bin
        tell(now, false)
      },
      onPointerUp: end,
      // A finger that starts to scroll the page ends the drag.
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
