'use client'

import { memo, useMemo } from 'react'
import type { Filter } from '../../lib/filter/filter'
import type { Counts } from '../../lib/queries/counts'
import { rangeCounts, unmeasured } from '../facets/range-counts'
import { AreaChart } from './area-chart'
import { AspectChart } from './aspect-chart'
import { MasksPerImageChart } from './masks-per-image-chart'
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
  // Of a range, what is not measured is not selected.
  const lacking = (name: 'width' | 'aspect' | 'area') => unmeasured(name, counts, bins)
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
      <AreaChart
        {...common}
        counts={bins.area}
        all={allBins.area}
        range={filter.area}
        unmeasured={lacking('area')}
      />
      <AspectChart
        {...common}
        counts={bins.aspect}
        all={allBins.aspect}
        range={filter.aspect}
        unmeasured={lacking('aspect')}
      />
      <MasksPerImageChart
        {...common}
        counts={bins.masks}
        all={allBins.masks}
        range={filter.masks}
      />
    </div>
  )
})
