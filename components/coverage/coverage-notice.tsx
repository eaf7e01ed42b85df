import type { ReactNode } from 'react'
import { cubeIsExact } from '../../lib/cube/exactness'
import type { Dimensions } from '../../lib/filter/dimensions'
import { FACETS, isRangeFacet, type RangeFacetName } from '../../lib/filter/facets'
import { activeFacets, type Filter, withoutFacet } from '../../lib/filter/filter'
import { resolveFilter } from '../../lib/filter/selection'
import { updateFilter } from '../use-filter'

/** The matrix's place while there is none to show. */
export function CoverageNotice({ height, children }: { height: number; children: ReactNode }) {
  return (
    <section
      aria-labelledby="coverage-title"
      data-testid="chart-coverage"
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <h2 id="coverage-title" className="mb-2 font-semibold">
        Coverage
      </h2>
      <div className="text-muted" style={{ minHeight: height }}>
        {children}
      </div>
    </section>
  )
}

/** Why an exact range switches the matrix off, and the way on. */
export function InexactNotice({
  filter,
  dimensions,
  height,
}: {
  filter: Filter
  dimensions: Dimensions
  height: number
}) {
  const ranges = inexactRanges(filter, dimensions)
  return (
    <CoverageNotice height={height}>
      <p>
        Pairs are counted in bins, which{' '}
        {ranges.map(name => FACETS[name].title.toLowerCase()).join(' and ')} of this filter cuts.
        Drop the range to see the matrix:
      </p>
      <p className="mt-2 flex flex-wrap gap-1.5">
        {ranges.map(name => (
          <button
            key={name}
            type="button"
            onClick={() => updateFilter(f => withoutFacet(f, name))}
            className="rounded-sm border border-line bg-raised px-1.5 py-0.5 text-text hover:border-muted"
          >
            Drop {FACETS[name].title.toLowerCase()}
          </button>
        ))}
      </p>
    </CoverageNotice>
  )
}

const inexactRanges = (filter: Filter, dimensions: Dimensions): RangeFacetName[] =>
  activeFacets(filter)
    .filter(isRangeFacet)
    .filter(name => !cubeIsExact(resolveFilter({ [name]: filter[name] }, dimensions)))
