'use client'

import { type KeyboardEvent, type RefObject, useRef, useState } from 'react'
import type { View } from 'vega'
import { type Box, boxOf, gridColumns } from './mark-geometry'
import { nextRow } from './mark-keys'
import { isPicked, type MarkRow } from './mark-rows'
import type { SpecParts } from './read-spec'

export interface ActiveMarkOptions {
  readonly view: View | null
  readonly host: RefObject<HTMLElement | null>
  readonly parts: SpecParts
  readonly rows: readonly MarkRow[]
  readonly onPick?: (value: string) => void
}

/** The row that the keyboard is at: arrow keys move it, Enter and Space pick it, Escape leaves. */
export function useActiveMark({ view, host, parts, rows, onPick }: ActiveMarkOptions) {
  // The row's value, because a filter may move or remove the row.
  const [active, setActive] = useState<string | null>(null)
  const last = useRef<string | null>(null)
  const byPointer = useRef(false)
  const at = active === null ? -1 : rows.findIndex(row => row.value === active)
  const row = rows[at]
  const boxAt = (one: MarkRow | undefined) =>
    one && view && host.current ? boxOf(view, parts, one, host.current.clientWidth) : null
  const go = (index: number) => {
    const value = rows[index]?.value ?? null
    last.current = value
    setActive(value)
    const box = boxAt(rows[index])
    if (box && host.current) reveal(host.current, box)
  }
  const start = () => {
    const before = rows.findIndex(one => one.value === last.current)
    return before >= 0 ? before : Math.max(0, rows.findIndex(isPicked))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.altKey || event.metaKey) return
    if (event.key === 'Escape') {
      if (active !== null) event.stopPropagation()
      event.currentTarget.blur()
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      if (row) onPick?.(row.value)
    } else {
      const columns = view && gridColumns(view)
      const to = nextRow(event.key, Math.max(at, 0), rows.length, columns, event.ctrlKey)
      if (to === null) return
      event.preventDefault()
      go(at < 0 ? start() : to)
    }
  }
  const handlers = {
    // A click focuses the chart too, but must not move to the last row.
    onPointerDown: () => {
      byPointer.current = true
    },
    onFocus: () => {
      if (!byPointer.current) go(start())
      byPointer.current = false
    },
    onBlur: () => setActive(null),
    onKeyDown,
  }
  return { row, at, box: boxAt(row), handlers }
}

/** Scroll a box of a drawing into view. */
function reveal(host: HTMLElement, { left, top, width, height }: Box) {
  const probe = document.createElement('div')
  Object.assign(probe.style, {
    position: 'absolute',
    left: `${left}px`,
    top: `${top}px`,
    width: `${width}px`,
    height: `${height}px`,
    scrollMargin: '8px 12px',
  })
  host.parentElement?.append(probe)
  probe.scrollIntoView?.({ block: 'nearest', inline: 'nearest' })
  probe.remove()
}
