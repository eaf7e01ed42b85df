'use client'

import { Component, createRef, type ReactNode, type SyntheticEvent } from 'react'

/**
 * A scrolled list whose rows come and go: what the reader touched last stays where it is on the
 * screen, so that a drag goes on over the same bars and a second click hits the same row.
 */
export class KeepInPlace extends Component<{ children: ReactNode }> {
  private readonly box = createRef<HTMLDivElement>()
  private held: Element | null = null

  private readonly hold = (event: SyntheticEvent) => {
    const touched = event.target as Element
    this.held = touched.closest('[data-facet], section')
  }

  /** Where the held element is before the rows change; null if it is not in sight. */
  override getSnapshotBeforeUpdate(): number | null {
    const scroller = this.scroller()
    if (!scroller || !this.held?.isConnected) return null
    const { top, bottom } = this.held.getBoundingClientRect()
    const seen = scroller.getBoundingClientRect()
    return bottom > seen.top && top < seen.bottom ? top : null
  }

  override componentDidUpdate(_props: unknown, _state: unknown, top: number | null) {
    const scroller = this.scroller()
    if (top === null || !scroller || !this.held?.isConnected) return
    const moved = this.held.getBoundingClientRect().top - top
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
        {this.props.children}
      </div>
    )
  }
}
