'use client'

import { memo } from 'react'
import { MASK_COUNT_TICKS } from '../../lib/charts/bin-ticks'
import { type DistributionProps, RangeChart } from './range-chart'

/** Histogram of how many masks an image has. */
export const MasksPerImageChart = memo(function MasksPerImageChart(props: DistributionProps) {
  return (
    <RangeChart
      {...props}
      name="masks"
      id="masks"
      title="Masks per image"
      unit="images by their number of masks, union masks included"
      noun="masks per image"
      ticks={MASK_COUNT_TICKS}
    />
  )
})
