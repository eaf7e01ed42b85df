'use client'

import { memo, useMemo } from 'react'
import type { Counts } from '../../lib/counts/counts'
import type { RangeFacetName } from '../../lib/filter/facets'
import type { Filter } from '../../lib/filter/filter'
import { rangeCounts, unmeasured } from '../facets/range-counts'
import { RangeChart } from './range-chart'
import { SizeChart } from './size-chart'

/** The numeric attributes of images and masks side by side. */
export const DistributionCharts = memo(function DistributionCharts({
  filter,
  counts,
  all,
  ...common
}: {
  filter: Filter
  counts: Counts
  all: Counts
  pending: boolean
  error: string | null
}) {
  const bins = useMemo(() => rangeCounts(counts), [counts])
  const allBins = useMemo(() => rangeCounts(all), [all])
  // A range selects no image that is not measured, so its facet has none.
  const lacking = (name: RangeFacetName) => unmeasured(name, counts, bins)
  return (
    <div className="grid grid-cols-1 gap-x-8 lg:grid-cols-2 min-[1900px]:grid-cols-4">
      <SizeChart
        {...common}
        sizes={counts.sizes}
        all={all.sizes}
        width={filter.width}
        height={filter.height}
        unmeasured={lacking('width')}
      />
      {(['area', 'aspect', 'masks'] as const).map(name => (
        <RangeChart
          {...common}
          key={name}
          name={name}
          counts={bins[name]}
          all={allBins[name]}
          range={filter[name]}
          unmeasured={lacking(name)}
        />
      ))}
    </div>
  )
})
