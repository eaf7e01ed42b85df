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
import { NOT_YET } from './not-yet'
import { nothingMeasured, Unmeasured } from './unmeasured'
import { useChart } from './use-chart'

export interface SizeChartProps {
  readonly name?: string
  /** Note on the cells. */
  readonly note?: string
  /** Called with the bins of a cell that is clicked; by default they filter the page. */
  readonly onPick?: (widthBin: number, heightBin: number) => void
  /** True until the first counts are there. */
  readonly waiting?: boolean
  readonly sizes: readonly SizeCount[]
  readonly all: readonly SizeCount[]
  readonly width?: Range
  readonly height?: Range
  readonly unmeasured: number
  readonly pending: boolean
  readonly error: string | null
}

/** Heatmap of images by width and height; clicking a cell filters. */
export const SizeChart = memo(function SizeChart(props: SizeChartProps) {
  const { sizes, all, width, height, pending, error, onPick = pickSize, waiting = false } = props
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
  const chart = useChart(build)
  const onValue = useCallback(
    (value: string) => {
      const { widthBin, heightBin } = parseSizeValue(value)
      onPick(widthBin, heightBin)
    },
    [onPick],
  )
  return (
    <ChartFrame
      name={props.name ?? 'sizes'}
      title="Image size"
      unit={
        <>
          images, by width and height; {props.note ?? 'click to select both'}
          <Unmeasured count={props.unmeasured} />
        </>
      }
      table={sizeTable(sizes, all)}
      height={SIZE_HEAT_HEIGHT}
      pending={pending}
      error={error}
      empty={!waiting && sizes.length === 0}
      nothing={nothingMeasured(props.unmeasured, 'image')}
      {...(waiting
        ? { drawing: NOT_YET }
        : { chart, facet: 'width × height' as const, onPick: onValue })}
    />
  )
})

function pickSize(widthBin: number, heightBin: number) {
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
