'use client'

import { memo, type ReactNode, useCallback, useState } from 'react'
import type { CountScale } from '../../lib/charts/base'
import type { ChartTheme } from '../../lib/charts/colors'
import { countBars } from '../../lib/charts/count-bars'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { CasesBy } from '../../lib/queries/cases-by'
import { useIsNarrow } from '../layout/use-is-narrow'
import { ChartFrame } from './chart-frame'
import { BarsPlaceholder } from './chart-placeholder'
import { CountLegend } from './count-legend'
import { countTable } from './count-table'
import { NOT_YET } from './not-yet'
import { ScaleSwitch } from './scale-switch'
import { useChart } from './use-chart'

/** Height of the axis below the bars, in px. */
export const AXIS_HEIGHT = 40

export interface CountBarsChartProps {
  readonly name: string
  readonly title: string
  /** What is counted, if "images and masks" is not enough. */
  readonly note?: ReactNode
  /** Name of the values, for the first column of the table. */
  readonly noun: string
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts, in the order of the bars. */
  readonly all: readonly FacetCount[]
  readonly pending: boolean
  readonly error: string | null
  readonly initialScale?: CountScale
  readonly colorOf?: (value: string) => string
  readonly picked?: readonly string[]
  readonly excluded?: readonly string[]
  /** The facet of the values. With it, tooltips say how many cases have a value. */
  readonly facet?: CasesBy
  readonly onPick?: (value: string) => void
  readonly step?: number
  /** Number of bars to reserve room for until they are counted. */
  readonly reserved?: number
}

/** Bars of images and masks by value, linear or logarithmic. */
export const CountBarsChart = memo(function CountBarsChart(props: CountBarsChartProps) {
  const { name, title, note, noun, rows, all, pending, error, step = 22 } = props
  const { colorOf, picked, excluded, reserved } = props
  const [scale, setScale] = useState<CountScale>(props.initialScale ?? 'linear')
  const compact = useIsNarrow()
  const build = useCallback(
    (theme: ChartTheme) =>
      countBars(rows, all, { theme, scale, compact, noun, colorOf, picked, excluded, step }),
    [rows, all, scale, compact, noun, colorOf, picked, excluded, step],
  )
  const chart = useChart(build)
  const placeholder = <BarsPlaceholder rows={all} step={step} />
  const vega = { chart, placeholder, facet: props.facet, onPick: props.onPick }
  return (
    <ChartFrame
      name={name}
      title={title}
      unit={
        <>
          <CountLegend />
          {note && <span className="ml-2">{note}</span>}
        </>
      }
      table={countTable(noun, rows, all)}
      height={(reserved ?? all.length) * step + AXIS_HEIGHT}
      pending={pending}
      error={error}
      empty={reserved === undefined && rows.every(row => row.images === 0)}
      controls={<ScaleSwitch scale={scale} onChange={setScale} />}
      {...(reserved === undefined ? vega : { drawing: NOT_YET })}
    />
  )
})
