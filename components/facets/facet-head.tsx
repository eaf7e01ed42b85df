import type { ReactNode } from 'react'
import type { Order } from './facet-order'

/** The title of a facet, a note beside it, and a switch for the order of its values. */
export function FacetHead({
  title,
  order,
  onOrder,
  children,
}: {
  title: string
  order?: Order
  onOrder?: (order: Order) => void
  children?: ReactNode
}) {
  return (
    <div className="mb-1 flex min-h-[24px] items-center gap-2">
      <h3 className="mr-auto font-semibold">{title}</h3>
      <span className="text-[11px] text-muted">{children}</span>
      {order && (
        <button
          type="button"
          aria-label={`${title}: sorted by ${order}`}
          title={`Sort by ${order === 'count' ? 'name' : 'count'}`}
          onClick={() => onOrder?.(order === 'count' ? 'name' : 'count')}
          className="min-h-[24px] shrink-0 text-[11px] text-muted hover:text-text max-md:min-h-[36px]"
        >
          by {order}
        </button>
      )}
    </div>
  )
}
