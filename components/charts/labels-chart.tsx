'use client'

import { memo, useCallback, useMemo } from 'react'
import type { ChartTheme } from '../../lib/charts/colors'
import { labelRanks, rankLabels } from '../../lib/charts/label-ranks'
import { countOf } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { SeenFirst } from '../deferred/seen-first'
import { ChartFrame } from './chart-frame'
import { CountLegend } from './count-legend'
import { LabelList } from './label-list'
import { useChart } from './use-chart'

export interface LabelsChartProps {
  readonly rows: readonly FacetCount[]
  readonly all: readonly FacetCount[]
  readonly picked?: readonly string[]
  readonly excluded?: readonly string[]
  readonly pending: boolean
  readonly error: string | null
  readonly onPick: (label: string) => void
}

/** All labels: rank against frequency, and a list to search. */
export const LabelsChart = memo(function LabelsChart(props: LabelsChartProps) {
  const { rows, all, picked, excluded, pending, error, onPick } = props
  const build = useCallback(
    (theme: ChartTheme) => labelRanks(rows, all, { picked, excluded }, theme),
    [rows, all, picked, excluded],
  )
  const ranks = useMemo(() => rankLabels(rows, { picked, excluded }), [rows, picked, excluded])
  return (
    <div className="flex h-full flex-col">
      <ChartFrame
        name="labels"
        title="Labels"
        unit={
          <>
            <CountLegend />
            <span className="ml-2">
              {countOf(ranks.length, 'label')} by number of masks; line: masks, unfiltered
            </span>
          </>
        }
        chart={useChart(build)}
        table={labelTable(rows, all)}
        height={258}
        pending={pending}
        error={error}
        empty={rows.length === 0}
        facet="label"
        onPick={onPick}
      />
      {/* Deferred, because the list is long and often out of sight. */}
      <SeenFirst className="flex min-h-0 grow flex-col">
        <LabelList ranks={ranks} pending={pending} onPick={onPick} />
      </SeenFirst>
    </div>
  )
})

function labelTable(rows: readonly FacetCount[], all: readonly FacetCount[]) {
  const unfiltered = new Map(all.map(row => [row.value, row]))
  return {
    columns: ['label', 'rank', 'images', 'masks', 'images, unfiltered', 'masks, unfiltered'],
    rows: rankLabels(rows).map(({ value, rank, images, masks }) => {
      const before = unfiltered.get(value)
      return [value, rank, images, masks, before?.images ?? 0, before?.masks ?? 0]
    }),
  }
}
