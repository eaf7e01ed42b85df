import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'

/**
 * Shown in place of a bar chart until Vega is loaded; the server renders it too. It has the same rows, order,
 * height and numbers, on a linear scale.
 */
export function BarsPlaceholder({ rows, step }: { rows: readonly FacetCount[]; step: number }) {
  const max = rows.reduce((n, row) => Math.max(n, row.images, row.masks), 1)
  const width = (n: number) => ({ width: `${(100 * n) / max}%` })
  return (
    <div className="pb-9 text-[11px]" aria-hidden="true">
      {rows.map(row => (
        <div key={row.value} className="flex items-center gap-2" style={{ height: step }}>
          <span className="w-[7.5rem] shrink-0 truncate text-right">{row.value}</span>
          <span className="relative h-[68%] grow">
            <span
              className="absolute inset-y-0 left-0 border border-data"
              style={width(row.masks)}
            />
            <span className="absolute inset-y-1/4 left-0 bg-data" style={width(row.images)} />
          </span>
          <span className="w-20 shrink-0 text-right">{formatCount(row.images)}</span>
          <span className="w-20 shrink-0 text-right text-muted">{formatCount(row.masks)}</span>
        </div>
      ))}
    </div>
  )
}
