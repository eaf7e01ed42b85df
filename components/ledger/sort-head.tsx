import type { ReactNode } from 'react'
import type { NameOrder } from '../../lib/ledger/view'

/** Head of a column by which the table can be sorted: names ascending, counts descending. */
export function SortHead({
  by,
  order,
  onOrder,
  className,
  children,
}: {
  by: NameOrder
  order: NameOrder
  onOrder: (order: NameOrder) => void
  className: string
  children: ReactNode
}) {
  const direction = by === 'name' ? 'ascending' : 'descending'
  const isSorted = by === order
  return (
    <th
      scope="col"
      aria-sort={isSorted ? direction : undefined}
      className={`border-b border-line py-1 font-normal ${className}`}
    >
      <button
        type="button"
        onClick={() => onOrder(by)}
        title={by === 'name' ? 'Sort by name' : `Sort by ${by}, most first`}
        className="hover:text-text max-md:min-h-9"
      >
        {children}
        {isSorted && <span aria-hidden="true"> {by === 'name' ? '↑' : '↓'}</span>}
      </button>
    </th>
  )
}
