'use client'

import { type PointerEvent, useRef, useState } from 'react'
import type { RangeFacetName } from '../../lib/filter/facets'
import { withoutFacet, withRange } from '../../lib/filter/filter'
import { RANGE_BINS, rangeOfBins } from '../../lib/filter/range-bins'
import { updateFilter } from '../use-filter'

interface Drag {
  readonly anchor: number
  last: number
  isBrush: boolean
  /** Whether the drag has its entry in the history. */
  hasEntry: boolean
}

/**
 * Pointers over a histogram's bins: a drag selects the bins that it crosses, a click one bin, and a
 * click on the only one that is selected none.
 */
export function useBrush(name: RangeFacetName, isOnly: (bin: number) => boolean) {
  const [hovered, setHovered] = useState<number | null>(null)
  const drag = useRef<Drag | null>(null)
  const select = (first: number, last: number, sameEntry: boolean) =>
    updateFilter(filter => withRange(filter, name, rangeOfBins(name, first, last)), { sameEntry })
  const binAt = ({ currentTarget, clientX }: PointerEvent) => {
    const { left, width } = currentTarget.getBoundingClientRect()
    const bins = RANGE_BINS[name].edges.length
    return Math.max(0, Math.min(bins - 1, Math.floor(((clientX - left) / width) * bins)))
  }
  return {
    hovered,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture?.(event.pointerId)
        const bin = binAt(event)
        setHovered(bin)
        drag.current = { anchor: bin, last: bin, isBrush: false, hasEntry: false }
      },
      onPointerMove: (event: PointerEvent) => {
        const bin = binAt(event)
        setHovered(bin)
        const now = drag.current
        if (!now || bin === now.last) return
        now.last = bin
        now.isBrush = true
        const [first, last] = [Math.min(now.anchor, bin), Math.max(now.anchor, bin)]
        now.hasEntry = select(first, last, now.hasEntry) || now.hasEntry
      },
      onPointerUp: () => {
        const now = drag.current
        drag.current = null
        if (!now || now.isBrush) return
        if (isOnly(now.anchor)) updateFilter(filter => withoutFacet(filter, name))
        else select(now.anchor, now.anchor, false)
      },
      // A finger that scrolls the panel selects nothing.
      onPointerCancel: () => {
        drag.current = null
        setHovered(null)
      },
      onPointerLeave: () => setHovered(null),
    },
  }
}
