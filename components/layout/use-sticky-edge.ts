'use client'

import { type RefObject, useEffect } from 'react'

/**
 * Makes the page scroll a focused element clear of an element that sticks to the window's edge, so that it is
 * never behind it.
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

/** Room for the outline of the focused element. */
const GAP_PX = 8
