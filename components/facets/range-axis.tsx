import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import { RANGE_BINS } from '../../lib/filter/range-bins'
import { boundText, unitSign } from './range-text'

/** Edges that are labelled under the bars: a few familiar numbers with enough room between them. */
const WRITTEN: Readonly<Record<RangeFacetName, readonly number[]>> = {
  width: [128, 256, 512, 1024],
  height: [128, 256, 512, 1024],
  aspect: [0.5, 0.8, 1, 1.25, 2, 4],
  masks: [1, 5, 10, 21, 101],
  area: [1e-4, 0.01, 0.1],
}

/** The axis under the bars of a numeric facet. */
export function RangeAxis({ name }: { name: RangeFacetName }) {
  const { edges } = RANGE_BINS[name]
  return (
    <div aria-hidden="true" className="relative h-[16px] text-[11px] leading-[16px] text-muted">
      {WRITTEN[name].map(value => (
        <span
          key={value}
          className="absolute -translate-x-1/2 whitespace-nowrap"
          style={{ left: `${(100 * place(value, edges, FACETS[name].integer)) / edges.length}%` }}
        >
          {boundText(name, value)}
          {name === 'area' && unitSign(name)}
        </span>
      ))}
    </div>
  )
}

/**
 * Position of a value, in bins: an edge lies between two bars, the value of a bin with one value in its middle.
 */
function place(value: number, edges: readonly number[], integer: boolean): number {
  const bin = edges.findLastIndex(edge => edge <= value)
  const isSingle = edges[bin] !== value || (integer && edges[bin + 1] === value + 1)
  return isSingle ? bin + 0.5 : bin
}
