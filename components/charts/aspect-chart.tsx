'use client'

import { memo } from 'react'
import { ASPECT_TICKS } from '../../lib/charts/bin-ticks'
import { type DistributionProps, RangeChart } from './range-chart'
import { Unmeasured } from './unmeasured'

/** Histogram of the images' width divided by their height. */
export const AspectChart = memo(function AspectChart({
  unmeasured,
  ...props
}: DistributionProps & { readonly unmeasured: number }) {
  return (
    <RangeChart
      {...props}
      name="aspect"
      id="aspect"
      title="Aspect"
      unit={
        <>
          images, by width divided by height
          <Unmeasured count={unmeasured} />
        </>
      }
      noun="width / height"
      ticks={ASPECT_TICKS}
    />
  )
})
