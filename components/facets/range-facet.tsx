'use client'

import { memo } from 'react'
import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import type { Range } from '../../lib/filter/filter'
import { formatCount } from '../../lib/format'
import { FacetHead } from './facet-head'
import { RangeBounds } from './range-bounds'
import { RangeHistogram } from './range-histogram'
import { boundUnit } from './range-text'

export interface RangeFacetProps {
  readonly name: RangeFacetName
  readonly range: Range | undefined
  /** Images by bin (of the area: masks), under all other facets. */
  readonly bins: readonly number[]
  /** Unfiltered counts by bin. */
  readonly all: readonly number[]
  /** Number of all images or masks that are in no bin. */
  readonly unmeasured: number
  readonly pending: boolean
}

/** A numeric facet: a histogram to drag over, and fields for exact bounds. */
export const RangeFacet = memo(function RangeFacet(props: RangeFacetProps) {
  const { name, range, bins, all, unmeasured, pending } = props
  const { title } = FACETS[name]
  return (
    <section
      data-testid={`facet-${name}`}
      aria-label={`Filter by ${title.toLowerCase()}`}
      className="border-t border-line py-2"
    >
      <FacetHead title={title}>{boundUnit(name)}</FacetHead>
      <div aria-busy={pending} className={pending ? 'opacity-50' : ''}>
        <RangeHistogram name={name} range={range} bins={bins} all={all} />
      </div>
      {unmeasured > 0 && (
        <p className="text-[11px] text-muted">{formatCount(unmeasured)} not measured</p>
      )}
      <RangeBounds name={name} range={range} />
    </section>
  )
})
