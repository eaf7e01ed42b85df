'use client'

import { memo, useCallback, useState } from 'react'
import type { CountScale } from '../../lib/charts/base'
import type { ChartTheme } from '../../lib/charts/colors'
import { MASKS_PER_IMAGE_VALUES, masksPerImage } from '../../lib/charts/masks-per-image'
import type { FacetCount } from '../../lib/manifest/manifest'
import { ChartFrame } from './chart-frame'
import { ScaleSwitch } from './count-bars-chart'

/** Histogram of how many masks an image has. */
export const MasksPerImageChart = memo(function MasksPerImageChart({
  rows,
  all,
  pending,
  error,
}: {
  rows: readonly FacetCount[]
  all: readonly FacetCount[]
  pending: boolean
  error: string | null
}) {
  const [scale, setScale] = useState<CountScale>('linear')
  const chart = useCallback(
    (theme: ChartTheme) => masksPerImage(rows, all, theme, scale),
    [rows, all, scale],
  )
  const count = (counts: readonly FacetCount[], value: string) =>
    counts.find(row => row.value === value)?.images ?? 0
  return (
    <ChartFrame
      name="masks"
      title="Masks per image"
      unit="images by their number of masks, union masks included"
      chart={chart}
      table={{
        columns: ['masks per image', 'images', 'images, unfiltered'],
        rows: MASKS_PER_IMAGE_VALUES.map(value => [value, count(rows, value), count(all, value)]),
      }}
      height={258}
      pending={pending}
      error={error}
      empty={rows.length === 0}
      controls={<ScaleSwitch scale={scale} onChange={setScale} />}
    />
  )
})
