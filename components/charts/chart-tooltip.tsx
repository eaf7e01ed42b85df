'use client'

import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { CasesBy } from '../../lib/queries/cases-by'
import { CasesOf, useHasCases } from './cases-of'
import { casesKey, fieldText, type MarkRow } from './mark-rows'
import type { TooltipField } from './read-spec'

/** The pointer or a mark's box, beside which a tooltip is placed; in px of the window. */
export interface Anchor {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

/** Distance from the anchor and from the window's edges in px. */
const GAP = 12
const EDGE = 4

/** The names and numbers of a row, and the number of cases that have its value, beside its mark. */
export function ChartTooltip({
  id,
  anchor,
  fields,
  row,
  facet,
}: {
  id?: string
  /** Called again when the page scrolls. */
  anchor: () => Anchor
  fields: readonly TooltipField[]
  row: MarkRow
  facet?: CasesBy
}) {
  const box = useRef<HTMLDivElement>(null)
  const hasCases = useHasCases()
  const place = useEffectEvent(() => {
    if (box.current) move(box.current, anchor())
  })
  // After every render, because content and anchor may have changed.
  useLayoutEffect(() => place())
  useEffect(() => {
    const follow = () => place()
    window.addEventListener('scroll', follow, { capture: true, passive: true })
    return () => window.removeEventListener('scroll', follow, { capture: true })
  }, [])
  return createPortal(
    <div
      ref={box}
      id={id}
      role="tooltip"
      className="pointer-events-none fixed top-0 left-0 z-40 max-w-[calc(100vw-8px)] rounded-sm border border-line bg-background px-1.5 py-1 text-[11px]"
    >
      <table>
        <tbody>
          {fields.map(field => (
            <tr key={field.field}>
              <th scope="row" className="pr-2 text-right font-normal text-muted">
                {field.title}
              </th>
              <td>{fieldText(field, row)}</td>
            </tr>
          ))}
          {facet && hasCases && (
            <tr>
              <th scope="row" className="pr-2 text-right font-normal text-muted">
                cases
              </th>
              <td data-testid="tooltip-cases">
                <CasesOf facet={facet} value={casesKey(facet, fields, row)} />
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </div>,
    // Within the page's landmark, but outside of boxes that scroll or clip.
    document.querySelector('main') ?? document.body,
  )
}

/**
 * Place a tooltip to the right and below if there is room, else to the left and above; always inside the window.
 */
function move(box: HTMLElement, { left, right, top, bottom }: Anchor) {
  const { width, height } = box.getBoundingClientRect()
  const page = document.documentElement
  const x = right + GAP + width > page.clientWidth ? left - GAP - width : right + GAP
  const y = bottom + GAP + height > page.clientHeight ? top - GAP - height : bottom + GAP
  const within = (at: number, size: number, room: number) =>
    Math.max(EDGE, Math.min(at, room - size - EDGE))
  box.style.left = `${within(x, width, page.clientWidth)}px`
  box.style.top = `${within(y, height, page.clientHeight)}px`
}
