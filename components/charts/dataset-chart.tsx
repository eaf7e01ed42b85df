'use client'

import { memo, useCallback, useState } from 'react'
import type { CountScale } from '../../lib/charts/base'
import { type CasesByValue, caseBars } from '../../lib/charts/case-bars'
import type { ChartTheme } from '../../lib/charts/colors'
import { countBars, shownBars } from '../../lib/charts/count-bars'
import { countOf } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { useIsNarrow } from '../layout/use-is-narrow'
import { ToolButton } from '../ui/tool-button'
import { caseTable } from './case-table'
import { ChartFrame } from './chart-frame'
import { BarsPlaceholder } from './chart-placeholder'
import { AXIS_HEIGHT } from './count-bars-chart'
import { CountLegend } from './count-legend'
import { countTable } from './count-table'
import { ScaleSwitch } from './scale-switch'
import { SegmentedSwitch } from './segmented-switch'
import { useChart } from './use-chart'

export type DatasetMeasure = 'counts' | 'cases'

export interface DatasetChartProps {
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts, in the order of the bars. */
  readonly all: readonly FacetCount[]
  readonly measure: DatasetMeasure
  readonly onMeasure: (measure: DatasetMeasure) => void
  /** Cases under the filter; null while they are counted. */
  readonly cases: CasesByValue | null
  /** Unfiltered cases; null while they are counted. */
  readonly allCases: CasesByValue | null
  /** Why cases cannot be counted; null while they are. */
  readonly missing: string | null
  readonly picked?: readonly string[]
  readonly excluded?: readonly string[]
  readonly pending: boolean
  readonly error: string | null
  readonly onPick: (dataset: string) => void
}

const STEP = 16
/** Datasets shown before "Show all", so that the page stays short and repaints fast. */
const FEW = 40

/** The largest datasets: by images and masks, or by cases and slices per case. */
export const DatasetChart = memo(function DatasetChart(props: DatasetChartProps) {
  const { rows, all, measure, cases, allCases, picked, excluded } = props
  const [scale, setScale] = useState<CountScale>('log')
  const [whole, setWhole] = useState(false)
  const compact = useIsNarrow()
  const limit = whole ? all.length : FEW
  const build = useCallback(
    (theme: ChartTheme) => {
      const look = { theme, scale, compact, noun: 'dataset', step: STEP }
      const options = { ...look, picked, excluded, limit }
      return measure === 'counts'
        ? countBars(rows, all, options)
        : caseBars(rows, all, cases, allCases, options)
    },
    [rows, all, measure, cases, allCases, scale, compact, picked, excluded, limit],
  )
  const shown = shownBars(all, { limit, picked, excluded })
  const counting = measure === 'cases' && cases === null
  return (
    <ChartFrame
      name="datasets"
      title="Source datasets"
      unit={
        <>
          {measure === 'counts' ? <CountLegend /> : 'cases, slices per case (2D: images per case)'}
          <span className="ml-2">
            {shown.length < all.length && `${shown.length} of `}
            {countOf(all.length, 'dataset')}
          </span>
          {counting && <span className="ml-2">{props.missing ?? 'counting cases…'}</span>}
        </>
      }
      chart={useChart(build)}
      table={measure === 'counts' ? countTable('dataset', rows, all) : caseTable(rows, all, cases)}
      height={shown.length * STEP + AXIS_HEIGHT}
      placeholder={<BarsPlaceholder rows={shown} step={STEP} />}
      pending={props.pending || counting}
      error={props.error}
      empty={rows.every(row => row.images === 0)}
      controls={
        <>
          <SegmentedSwitch
            legend="Count"
            options={MEASURES}
            value={measure}
            onChange={props.onMeasure}
          />
          <ScaleSwitch scale={scale} onChange={setScale} />
          {all.length > FEW && (
            <ToolButton look="quiet" pressed={whole} onClick={() => setWhole(!whole)}>
              Show all {all.length}
            </ToolButton>
          )}
        </>
      }
      facet={measure === 'counts' ? 'dataset' : undefined}
      onPick={props.onPick}
    />
  )
})

const MEASURES = [
  ['counts', 'Images, masks'],
  ['cases', 'Cases'],
] as const
