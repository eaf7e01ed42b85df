'use client'

import { memo, useCallback } from 'react'
import type { ChartTheme } from '../../lib/charts/colors'
import { parseSizeValue, SIZE_HEAT_HEIGHT, sizeHeat } from '../../lib/charts/size-heat'
import type { Range } from '../../lib/filter/filter'
import { toggleSize } from '../../lib/filter/pick-bins'
import { binsOfRange, RANGE_VALUES } from '../../lib/filter/range-bins'
import type { SizeCount } from '../../lib/manifest/manifest'
import { updateFilter } from '../use-filter'
import { ChartFrame } from './chart-frame'
import { Unmeasured } from './unmeasured'
import { useChart } from './use-chart'

export interface SizeChartProps {
  readonly sizes: readonly SizeCount[]
  readonly all: readonly SizeCount[]
  readonly width: Range | undefined
  readonly height: Range | undefined
  readonly unmeasured: number
  readonly pending: boolean
  readonly error: string | null
}

/** Heatmap of images by width and height; its cells filter. */
export const SizeChart = memo(function SizeChart(props: SizeChartProps) {
  const { sizes, all, width, height, pending, error } = props
  const build = useCallback(
    (theme: ChartTheme) => {
      const picked = {
        width: width ? binsOfRange('width', width) : null,
        height: height ? binsOfRange('height', height) : null,
      }
      return sizeHeat(sizes, all, picked, theme)
    },
    [sizes, all, width, height],
  )
  return (
    <ChartFrame
      name="sizes"
      facet="width × height"
      title="Image size"
      unit={
        <>
          images, by width and height; a click picks both
          <Unmeasured count={props.unmeasured} />
        </>
      }
      chart={useChart(build)}
      table={sizeTable(sizes, all)}
      height={SIZE_HEAT_HEIGHT}
      pending={pending}
      error={error}
      empty={sizes.length === 0}
      onPick={pickSize}
    />
  )
})

function pickSize(value: string) {
  const { widthBin, heightBin } = parseSizeValue(value)
  updateFilter(filter => toggleSize(filter, widthBin, heightBin))
}

function sizeTable(sizes: readonly SizeCount[], all: readonly SizeCount[]) {
  const key = (size: SizeCount) =>
    `${RANGE_VALUES.width[size.widthBin]} × ${RANGE_VALUES.height[size.heightBin]}`
  const found = new Map(sizes.map(size => [key(size), size.images]))
  return {
    columns: ['width × height in px', 'images', 'images, unfiltered'],
    rows: all.map(size => [key(size), found.get(key(size)) ?? 0, size.images]),
  }
}
