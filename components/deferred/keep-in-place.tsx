'use client'

import { Component, createRef, type ReactNode, type SyntheticEvent } from 'react'
import { flushSync } from 'react-dom'
import { type InPlace, InPlaceContext } from './in-place'

/** An element, and where it was on the screen. */
interface Place {
  readonly element: Element
  readonly top: number
}

/**
 * A scrolled list whose rows come and go: what the reader touched last, or else what is at the top,
 * stays where it is on the screen, so that a drag goes on over the same bars and a second click hits
 * the same row.
 */
export class KeepInPlace extends Component<{ children: ReactNode }> {
  private readonly box = createRef<HTMLDivElement>()
  private held: Element | null = null
  /** An update is laid out anew in the next frame: places until then are none to keep. */
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
    // Before the page is painted, and with the layout that this needs anyway.
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

  /** Where what must not move is before a change; null if nothing can move. */
  private place(): Place | null {
    const scroller = this.scroller()
    // What is above moves what is in sight, and there is nothing above.
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
    return this.box.current?.closest('.overflow-y-auto') ?? null
  }

  override render() {
    return (
      // The browser's own anchoring knows not what was touched, and would move the rows twice.
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
