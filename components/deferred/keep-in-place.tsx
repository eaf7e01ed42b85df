'use client'

import { Component, type ContextType, createRef, type ReactNode, type SyntheticEvent } from 'react'
import { flushSync } from 'react-dom'
import { type InPlace, InPlaceContext, ScrollerContext } from './in-place'

/** An element, and where it was on the screen. */
interface Place {
  readonly element: Element
  readonly top: number
}

/**
 * The content of a scroller (`ScrollerContext`) whose rows come and go. The facet that the reader touched
 * last, or else the topmost facet in sight, stays where it is on the screen, so that a drag goes on over
 * the same bars and a second click hits the same row.
 */
export class KeepInPlace extends Component<{ children: ReactNode }> {
  static override readonly contextType = ScrollerContext
  declare context: ContextType<typeof ScrollerContext>
  private readonly box = createRef<HTMLDivElement>()
  private held: Element | null = null
  /** True until the frame after an update: until then elements are not yet in their new places. */
  private isMoving = false

  private readonly hold = (event: SyntheticEvent) => {
    const touched = event.target as Element
    this.held = touched.closest('[data-facet], section')
  }

  override getSnapshotBeforeUpdate(): Place | null {
    return this.isMoving ? null : this.place()
  }

  override componentDidUpdate(_props: unknown, _state: unknown, before: Place | null) {
    if (!before) return
    this.isMoving = true
    // In the next frame, which lays out the page anyway, and before it is painted.
    requestAnimationFrame(() => {
      this.isMoving = false
      this.restore(before)
    })
  }

  private readonly inPlace: InPlace = change => {
    const before = this.place()
    flushSync(change)
    this.restore(before)
  }

  /** The element that must not move, and its place before a change; null if nothing can move. */
  private place(): Place | null {
    const scroller = this.scroller()
    // At the top nothing lies above, which is what moves the rest when it grows.
    if (!scroller || scroller.scrollTop === 0) return null
    const seen = scroller.getBoundingClientRect()
    const inSight = (element: Element | null): Place | null => {
      if (!element?.isConnected) return null
      const { top, bottom } = element.getBoundingClientRect()
      return bottom > seen.top && top < seen.bottom ? { element, top } : null
    }
    const held = inSight(this.held)
    if (held) return held
    for (const section of this.box.current?.querySelectorAll('section') ?? []) {
      const place = inSight(section)
      if (place) return place
    }
    return null
  }

  private restore(before: Place | null) {
    const scroller = this.scroller()
    if (!before || !scroller || !before.element.isConnected) return
    const moved = before.element.getBoundingClientRect().top - before.top
    if (moved !== 0) scroller.scrollTop += moved
  }

  private scroller(): Element | null {
    return this.context?.current ?? null
  }

  override render() {
    return (
      // The browser's own scroll anchoring does not know what was touched, and would move the rows again.
      <div
        ref={this.box}
        onPointerDownCapture={this.hold}
        onKeyDownCapture={this.hold}
        className="[overflow-anchor:none]"
      >
        <InPlaceContext value={this.inPlace}>{this.props.children}</InPlaceContext>
      </div>
    )
  }
}
