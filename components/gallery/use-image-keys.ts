'use client'

import { type KeyboardEvent, useCallback } from 'react'

/**
 * Keys of an open image: brackets and arrows change the slice, n and p the image of the list, x picks the image, and
 * the keys of `turn` turn it.
 */
export function useImageKeys(
  step: (by: number) => void,
  slide: (by: number) => void,
  pick: () => void,
  turn: (key: string) => boolean,
): (event: KeyboardEvent) => void {
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return
      const { target } = event
      const isField =
        (target instanceof HTMLInputElement && target.type === 'range') ||
        target instanceof HTMLTextAreaElement
      switch (event.key) {
        case '[':
          slide(-1)
          break
        case ']':
          slide(1)
          break
        case 'ArrowLeft':
        case 'ArrowDown':
        case 'ArrowRight':
        case 'ArrowUp':
          // Sliders and text fields keep their keys, and scrolling lists keep up and down.
          if (isField || event.shiftKey) return
          if (event.key.endsWith('Up') || event.key.endsWith('Down')) {
            if (!(target as Element).closest('[data-stage]')) return
          }
          slide(event.key === 'ArrowLeft' || event.key === 'ArrowDown' ? -1 : 1)
          break
        case 'n':
          step(1)
          break
        case 'p':
          step(-1)
          break
        case 'x':
          pick()
          break
        default:
          if (!turn(event.key)) return
      }
      event.preventDefault()
    },
    [step, slide, pick, turn],
  )
}
