'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useCallback, useState } from 'react'
import type { Chart } from '../../lib/charts/base'
import { type ChartTheme, DARK, LIGHT } from '../../lib/charts/colors'
import { useTheme } from '../layout/use-theme'
import type { VegaChartProps } from './vega-chart'

const VegaChart = dynamic(() => import('./vega-chart'), { ssr: false })

export interface VegaDrawingProps extends Pick<VegaChartProps, 'facet' | 'onPick' | 'onBrush'> {
  readonly title: string
  readonly chart: (theme: ChartTheme) => Chart
  readonly placeholder?: ReactNode
}

/** A chart in the page's theme, with its placeholder until it is drawn. */
export function VegaDrawing(props: VegaDrawingProps) {
  const [drawn, setDrawn] = useState(false)
  const theme = useTheme()
  const onReady = useCallback(() => setDrawn(true), [])
  return (
    <>
      {!drawn &&
        (props.placeholder ?? (
          <p data-waits className="text-muted">
            Drawing…
          </p>
        ))}
      <div className={drawn ? '' : 'pointer-events-none absolute inset-x-0 top-0 opacity-0'}>
        <VegaChart
          chart={props.chart(theme === 'dark' ? DARK : LIGHT)}
          label={`${props.title}; the Table button shows the numbers`}
          facet={props.facet}
          onPick={props.onPick}
          onBrush={props.onBrush}
          onReady={onReady}
        />
      </div>
    </>
  )
}
