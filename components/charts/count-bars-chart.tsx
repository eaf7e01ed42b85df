'use client'

import { memo, type ReactNode, useCallback, useState } from 'react'
import type { CountScale } from '../../lib/charts/base'
import type { ChartTheme } from '../../lib/charts/colors'
import { countBars } from '../../lib/charts/count-bars'
import type { FacetCount } from '../../lib/manifest/manifest'
import { useIsNarrow } from '../layout/use-is-narrow'
import { ChartFrame, FrameButton } from './chart-frame'
import { BarsPlaceholder } from './chart-placeholder'
import { CountLegend } from './count-legend'

/** Height of the axis below the bars, in px. */
const AXIS_HEIGHT = 38

export interface CountBarsChartProps {
  readonly name: string
  readonly title: string
  /** What is counted, where "images and masks" does not say it all. */
  readonly note?: ReactNode
  /** What the values are, for the table's first column. */
  readonly noun: string
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts, in the order of the bars. */
  readonly all: readonly FacetCount[]
  readonly pending: boolean
  readonly error: string | null
  readonly initialScale?: CountScale
  readonly colorOf?: (value: string) => string
  readonly picked?: readonly string[]
  readonly onPick?: (value: string) => void
  readonly step?: number
}

/** Bars of images and masks by value, linear or logarithmic. */
export const CountBarsChart = memo(function CountBarsChart(props: CountBarsChartProps) {
  const { name, title, note, noun, rows, all, pending, error, colorOf, picked, step = 22 } = props
  const [scale, setScale] = useState<CountScale>(props.initialScale ?? 'linear')
  const compact = useIsNarrow()
  const chart = useCallback(
    (theme: ChartTheme) => countBars(rows, all, { theme, scale, compact, colorOf, picked, step }),
    [rows, all, scale, compact, colorOf, picked, step],
  )
  const found = new Map(rows.map(row => [row.value, row]))
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
      chart={chart}
      table={{
        columns: [noun, 'images', 'masks', 'images, unfiltered', 'masks, unfiltered'],
        rows: all.map(({ value, images, masks }) => {
          const selected = found.get(value)
          return [value, selected?.images ?? 0, selected?.masks ?? 0, images, masks]
        }),
      }}
      height={all.length * step + AXIS_HEIGHT}
      placeholder={<BarsPlaceholder rows={all} step={step} />}
      pending={pending}
      error={error}
      empty={rows.every(row => row.images === 0)}
      controls={<ScaleSwitch scale={scale} onChange={setScale} />}
      onPick={props.onPick}
    />
  )
})

/** Linear or logarithmic, for the counts' axis. */
export function ScaleSwitch({
  scale,
  onChange,
}: {
  scale: CountScale
  onChange: (scale: CountScale) => void
}) {
  return (
    <fieldset className="flex">
      <legend className="sr-only">Scale of the counts</legend>
      {(['linear', 'log'] as const).map(one => (
        <FrameButton key={one} pressed={scale === one} onClick={() => onChange(one)}>
          {one === 'linear' ? 'Linear' : 'Log'}
        </FrameButton>
      ))}
    </fieldset>
  )
}
