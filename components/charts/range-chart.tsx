'use client'

import { memo, useCallback, useMemo, useState } from 'react'
import type { CountScale } from '../../lib/charts/base'
import { AREA_TICKS, ASPECT_TICKS, MASK_COUNT_TICKS } from '../../lib/charts/bin-ticks'
import type { ChartTheme } from '../../lib/charts/colors'
import { HISTOGRAM_HEIGHT, histogram } from '../../lib/charts/histogram'
import { FACETS } from '../../lib/filter/facets'
import type { Range } from '../../lib/filter/filter'
import { binsOfRange, RANGE_VALUES } from '../../lib/filter/range-bins'
import { usePickBins } from '../brush/use-pick-bins'
import { binText } from '../facets/range-text'
import { ChartFrame } from './chart-frame'
import { NOT_YET } from './not-yet'
import { ScaleSwitch } from './scale-switch'
import { nothingMeasured, Unmeasured } from './unmeasured'
import { useChart } from './use-chart'

/** Titles and axes of the distributions. */
const CHARTS = {
  area: {
    id: 'areas',
    title: 'Mask area',
    noun: 'share of the image (logarithmic)',
    unit: 'masks, by share of the image covered',
    ticks: AREA_TICKS,
  },
  aspect: {
    id: 'aspect',
    title: 'Aspect',
    noun: 'width / height',
    unit: 'images, by width divided by height',
    ticks: ASPECT_TICKS,
  },
  masks: {
    id: 'masks',
    title: 'Masks per image',
    noun: 'masks per image',
    unit: 'images by number of masks, merged masks included',
    ticks: MASK_COUNT_TICKS,
  },
} as const

export interface RangeChartProps {
  readonly name: keyof typeof CHARTS
  /** Counts by bin under all other facets. */
  readonly counts: readonly number[]
  /** Unfiltered counts by bin. */
  readonly all: readonly number[]
  readonly range?: Range
  readonly id?: string
  readonly initialScale?: CountScale
  /** Called with a bin that is clicked; by default clicks and drags filter the page. */
  readonly onPick?: (bin: number) => void
  /** True until the first counts are there. */
  readonly waiting?: boolean
  /** Number of selected images or masks that are in no bin. */
  readonly unmeasured: number
  readonly pending: boolean
  readonly error: string | null
}

/** Histogram of a numeric facet; clicks and drags on its bars filter. */
export const RangeChart = memo(function RangeChart(props: RangeChartProps) {
  const { name, counts, all, range, unmeasured, pending, error, waiting = false } = props
  const { id, title, unit, noun, ticks } = CHARTS[name]
  const [scale, setScale] = useState<CountScale>(props.initialScale ?? 'linear')
  const counted = FACETS[name].of === 'mask' ? 'masks' : 'images'
  const bins = useMemo(
    () => RANGE_VALUES[name].map((value, bin) => ({ value, name: binText(name, bin) })),
    [name],
  )
  const build = useCallback(
    (theme: ChartTheme) =>
      histogram(bins, counts, all, {
        theme,
        scale,
        noun,
        ticks,
        unit: counted,
        picked: range ? binsOfRange(name, range) : null,
      }),
    [bins, counts, all, scale, noun, ticks, counted, range, name],
  )
  const chart = useChart(build)
  const own = usePickBins(name)
  const pick = props.onPick ?? own.pick
  const onPick = useCallback(
    (value: string) => pick(RANGE_VALUES[name].indexOf(value)),
    [name, pick],
  )
  const onBrush = props.onPick ? undefined : own.brush
  return (
    <ChartFrame
      name={props.id ?? id}
      title={title}
      unit={
        <>
          {unit}
          <Unmeasured count={unmeasured} />
        </>
      }
      table={{
        columns: [noun, counted, `${counted}, unfiltered`],
        rows: bins.map((bin, i) => [bin.name, counts[i] ?? 0, all[i] ?? 0]),
      }}
      height={HISTOGRAM_HEIGHT}
      pending={pending}
      error={error}
      empty={!waiting && counts.every(n => n === 0)}
      nothing={nothingMeasured(unmeasured, FACETS[name].of)}
      controls={<ScaleSwitch scale={scale} onChange={setScale} />}
      {...(waiting ? { drawing: NOT_YET } : { chart, facet: name, onPick, onBrush })}
    />
  )
})
