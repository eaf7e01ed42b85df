import type { ReactNode } from 'react'
import { ScrollRegion } from './scroll-region'

/** A row of a table: a name, and the cells under the other headers. */
export interface NameRow {
  readonly name: string
  readonly cells: readonly ReactNode[]
  readonly testId?: string
}

/** A plain table with a name in each row and numbers beside it. It scrolls if it has no room. */
export function NameTable({
  label,
  caption,
  heads,
  rows,
  scroll,
}: {
  /** Accessible name of the region that scrolls. */
  label: string
  caption?: ReactNode
  /** The first header is above the names. */
  heads: readonly string[]
  rows: readonly NameRow[]
  /** CSS classes of the region: its size, and the direction in which it scrolls. */
  scroll: string
}) {
  return (
    <ScrollRegion label={label} className={scroll}>
      <table className="border-collapse text-[12px]">
        {caption}
        <thead>
          <tr>
            {heads.map((head, i) => (
              <th
                key={head}
                scope="col"
                className={`border-b border-line py-0.5 pr-6 ${i ? 'text-right' : 'text-left'}`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells, testId }) => (
            <tr key={name} data-testid={testId}>
              <th scope="row" className="pr-6 text-left font-normal">
                {name}
              </th>
              {cells.map((cell, i) => (
                <td key={heads[i + 1]} className="pr-6 text-right">
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}
