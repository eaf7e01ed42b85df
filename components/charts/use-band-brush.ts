'use client'

import type { RefObject } from 'react'
import type { View } from 'vega'
import { type Crossed, useBrush } from '../brush/use-brush'
import { bandsOf, boxOfBands } from './mark-geometry'

/** Called with the bands of the x axis that a drag crosses, and once more when it ends. */
export type OnBrush = (crossed: Crossed, done: boolean) => void

/**
 * Drags across the bands of a drawing's x axis. Vega is not involved, so new rows do not end a drag.
 */
export function useBandBrush(
  view: View | null,
  host: RefObject<HTMLElement | null>,
  onBrush?: OnBrush,
) {
  const bandAt = (clientX: number) => {
    const bands = view && bandsOf(view, 'x')
    const domain = bands?.domain() ?? []
    if (!bands || !host.current || domain.length === 0) return null
    const x = clientX - host.current.getBoundingClientRect().left - view.origin()[0]
    const from = bands(domain[0]) ?? 0
    return Math.max(0, Math.min(domain.length - 1, Math.floor((x - from) / bands.step())))
  }
  const { crossed, handlers } = useBrush(bandAt, onBrush ?? ignore)
  return {
    box: view && crossed && boxOfBands(view, crossed),
    handlers: view && onBrush ? handlers : {},
  }
}

const ignore = () => {}
