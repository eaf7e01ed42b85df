'use client'

import { type ReactNode, useCallback, useMemo, useState } from 'react'
import type { CountScale } from '../../lib/charts/base'
import type { BinTicks } from '../../lib/charts/bin-ticks'
import type { ChartTheme } from '../../lib/charts/colors'
import { HISTOGRAM_HEIGHT, histogram } from '../../lib/charts/histogram'
import { FACETS, type RangeFacetName } from '../../lib/filter/facets'
import type { Range } from '../../lib/filter/filter'
import { binsOfRange, RANGE_VALUES } from '../../lib/filter/range-bins'
import { binText } from '../facets/range-text'
import { ChartFrame } from './chart-frame'
import { ScaleSwitch } from './scale-switch'
import { useChart } from './use-chart'
import { usePickBins } from './use-pick-bins'

/** What every distribution gets. */
export interface DistributionProps {
  /** Counts by bin under all other facets. */
  readonly counts: readonly number[]
  /** Unfiltered counts by bin. */
  readonly all: readonly number[]
  readonly range: Range | undefined
  readonly pending: boolean
  readonly error: string | null
}

export interface RangeChartProps extends DistributionProps {
  readonly name: RangeFacetName
  /** Stable name of the chart. */
  readonly id: string
  readonly title: string
  readonly unit: ReactNode
  readonly noun: string
  readonly ticks: BinTicks
}

/** Histogram of a numeric facet; its bars filter. */
export function RangeChart(props: RangeChartProps) {
  const { name, title, unit, noun, ticks, counts, all, range, pending, error } = props
  const [scale, setScale] = useState<CountScale>('linear')
  const counted = FACETS[name].of === 'mask' ? 'masks' : 'images'
  const bins = useMemo(
    () => RANGE_VALUES[name].map((value, bin) => ({ value, name: binText(name, bin) })),
    [name],
  )
  const build = useCallback(
    (theme: ChartTheme) =>
      histogram(bins, counts, all, {
        ...{ theme, scale, noun, ticks, unit: counted },
        picked: range ? binsOfRange(name, range) : null,
      }),
    [bins, counts, all, scale, noun, ticks, counted, range, name],
  )
  const { onPick, onBrush } = usePickBins(name)
  return (
    <ChartFrame
      name={props.id}
      title={title}
      unit={unit}
      chart={useChart(build)}
      table={{
        columns: [noun, counted, `${counted}, unfiltered`],
        rows: bins.map((bin, i) => [bin.name, counts[i] ?? 0, all[i] ?? 0]),
      }}
      height={HISTOGRAM_HEIGHT}
      pending={pending}
      error={error}
      empty={counts.every(n => n === 0)}
      controls={<ScaleSwitch scale={scale} onChange={setScale} />}
      facet={name}
      onPick={onPick}
      onBrush={onBrush}
    />
  )
}
