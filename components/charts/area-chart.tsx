'use client'

import { memo } from 'react'
import { AREA_TICKS } from '../../lib/charts/bin-ticks'
import { type DistributionProps, RangeChart } from './range-chart'
import { Unmeasured } from './unmeasured'

/** Histogram of the share of its image that a mask covers. */
export const AreaChart = memo(function AreaChart({
  unmeasured,
  ...props
}: DistributionProps & { readonly unmeasured: number }) {
  return (
    <RangeChart
      {...props}
      name="area"
      id="areas"
      title="Mask area"
      unit={
        <>
          masks, by the share of their image they cover
          <Unmeasured count={unmeasured} />
        </>
      }
      noun="share of the image (logarithmic)"
      ticks={AREA_TICKS}
    />
  )
})
