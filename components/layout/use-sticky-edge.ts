'use client'

import { type RefObject, useEffect } from 'react'

/**
 * Keeps the room that an element sticks to at the window's edge free when the page scrolls to what
 * has the focus, so that it is never behind it.
 */
export function useStickyEdge(target: RefObject<HTMLElement | null>, edge: 'top' | 'bottom') {
  useEffect(() => {
    const element = target.current
    if (!element || typeof ResizeObserver === 'undefined') return
    const { style } = document.documentElement
    const property = edge === 'top' ? 'scrollPaddingTop' : 'scrollPaddingBottom'
    const observer = new ResizeObserver(() => {
      const isSticky = getComputedStyle(element).position === 'sticky'
      style[property] = isSticky ? `${element.offsetHeight + GAP_PX}px` : ''
    })
    observer.observe(element)
    return () => {
      observer.disconnect()
      style[property] = ''
    }
  }, [target, edge])
}

/** Room for the outline of what has the focus. */
const GAP_PX = 8
