'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import type { Table } from 'apache-arrow'
import { useMemo, useRef } from 'react'
import { formatCount } from '../../lib/format'
import { cellText, isGrouped, kindOf } from '../../lib/workbench/cell-text'
import { Digits } from './digits'

const ROW_PX = 24
const NUMBER_PX = 72
const COLUMN_PX = 110

/** The rows of an answer; only rows in sight are rendered. An earlier answer is paler. */
export function ResultTable({ table, isEarlier = false }: { table: Table; isEarlier?: boolean }) {
  const box = useRef<HTMLElement>(null)
  const columns = useMemo(
    () =>
      table.schema.fields.map((field, i) => ({
        name: field.name,
        type: field.type,
        kind: kindOf(field.type),
        grouped: isGrouped(field.name, field.type),
        vector: table.getChildAt(i),
      })),
    [table],
  )
  const rows = useVirtualizer({
    count: table.numRows,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 20,
  })
  const items = rows.getVirtualItems()
  const before = items[0]?.start ?? 0
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0)
  return (
    <section
      ref={box}
      aria-label={isEarlier ? 'Rows of the previous result' : 'Rows of the result'}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take focus
      tabIndex={0}
      className={`max-h-[60dvh] overflow-auto border border-line font-mono text-[12px] ${isEarlier ? 'text-muted' : ''}`}
    >
      <table
        aria-rowcount={table.numRows + 1}
        className="w-full table-fixed border-collapse"
        style={{ minWidth: NUMBER_PX + columns.length * COLUMN_PX }}
      >
        <thead className="sticky top-0 z-[1] bg-raised">
          <tr>
            <th
              scope="col"
              style={{ width: NUMBER_PX }}
              className="px-2 py-1 text-right text-muted"
            >
              #
            </th>
            {columns.map(({ name, type, kind }, i) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                key={i}
                scope="col"
                title={`${name}: ${type}`}
                className={`truncate px-2 py-1 font-semibold ${kind === 'number' ? 'text-right' : 'text-left'}`}
              >
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <tr style={{ height: before }} />}
          {items.map(({ index }) => (
            <tr key={index} aria-rowindex={index + 2} style={{ height: ROW_PX }}>
              <th scope="row" className="px-2 text-right font-normal text-muted">
                {formatCount(index + 1)}
              </th>
              {columns.map(({ kind, grouped, vector }, i) => {
                const text = vector ? cellText(vector, index) : null
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                    key={i}
                    title={text ?? 'NULL'}
                    className={`truncate border-t border-line/50 px-2 ${kind === 'number' ? 'text-right' : ''} ${text === null ? 'text-muted italic' : ''}`}
                  >
                    {grouped && text !== null ? <Digits text={text} /> : (text ?? 'NULL')}
                  </td>
                )
              })}
            </tr>
          ))}
          {after > 0 && <tr style={{ height: after }} />}
        </tbody>
      </table>
    </section>
  )
}
