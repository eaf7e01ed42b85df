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
  /** Whether the pointer is at a mark, whose tooltip is shown then. */
  readonly isPointed: boolean
  readonly children: ReactNode
}

/**
 * A picture whose marks the keyboard can pick: one tab stop, where arrow keys move over the rows.
 * Only the row that they are at is there for screen readers, as a list of all would cost a lot.
 * Without `onPick` it is a picture only.
 */
export function MarkListbox(props: MarkListboxProps) {
  const { host, parts, rows, facet, label, onPick, isPointed, children } = props
  const id = useId()
  const { row, at, box, handlers } = useActiveMark(props)
  // The same tree either way: another one would drop the picture.
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

/** Beside a long bar would be far from its name: not further than this from where it begins. */
const NEAR = 240

function inWindow(host: HTMLElement | null, { left, top, width, height }: Box): Anchor {
  const { x = 0, y = 0 } = host?.getBoundingClientRect() ?? {}
  const from = x + left
  return { left: from, right: from + Math.min(width, NEAR), top: y + top, bottom: y + top + height }
}
