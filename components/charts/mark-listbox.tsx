'use client'

import { type ReactNode, useId } from 'react'
import type { CasesBy } from '../../lib/queries/cases-by'
import { type Anchor, ChartTooltip } from './chart-tooltip'
import { MarkBox } from './mark-box'
import type { Box } from './mark-geometry'
import { isPicked, rowText } from './mark-rows'
import { type ActiveMarkOptions, useActiveMark } from './use-active-mark'

export interface MarkListboxProps extends ActiveMarkOptions {
  readonly facet?: CasesBy
  readonly label: string
  /** Whether the pointer is at a mark, so that the tooltip of that mark is shown. */
  readonly isPointed: boolean
  readonly children: ReactNode
}

/**
 * A picture whose marks can be selected with the keyboard: one tab stop, in which arrow keys move over the
 * rows. For screen readers only the current row exists, because elements for all rows would be slow. Without
 * `onPick` it is only a picture.
 */
export function MarkListbox(props: MarkListboxProps) {
  const { host, parts, rows, facet, label, onPick, isPointed, children } = props
  const id = useId()
  const { row, at, box, handlers } = useActiveMark(props)
  // The same elements in both cases, so that React keeps the picture.
  const role = onPick
    ? ({
        role: 'listbox',
        tabIndex: 0,
        'aria-label': `${label}; arrow keys move, Enter selects`,
        'aria-multiselectable': true,
        'aria-activedescendant': row && `${id}-${at}`,
        'aria-describedby': row && !isPointed ? `${id}-tooltip` : undefined,
        ...handlers,
      } as const)
    : ({ role: 'img', 'aria-label': label } as const)
  return (
    <div {...role}>
      {row && (
        <div
          key={at}
          id={`${id}-${at}`}
          role="option"
          tabIndex={-1}
          aria-selected={isPicked(row)}
          aria-posinset={at + 1}
          aria-setsize={rows.length}
          className="sr-only"
        >
          {rowText(parts.tooltip, row)}
        </div>
      )}
      {children}
      {box && <MarkBox box={box} />}
      {row && box && !isPointed && (
        <ChartTooltip
          id={`${id}-tooltip`}
          anchor={() => inWindow(host.current, box)}
          fields={parts.tooltip}
          row={row}
          facet={facet}
        />
      )}
    </div>
  )
}

/** Maximum distance in px of the tooltip from the start of a bar, so that it stays near the bar's name. */
const NEAR = 240

function inWindow(host: HTMLElement | null, { left, top, width, height }: Box): Anchor {
  const { x = 0, y = 0 } = host?.getBoundingClientRect() ?? {}
  const from = x + left
  return { left: from, right: from + Math.min(width, NEAR), top: y + top, bottom: y + top + height }
}
