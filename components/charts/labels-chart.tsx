'use client'

import { memo, useCallback, useState } from 'react'
import type { ChartTheme } from '../../lib/charts/colors'
import { type LabelRank, labelRanks, rankLabels } from '../../lib/charts/label-ranks'
import { countOf, formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { ChartFrame } from './chart-frame'
import { CountLegend } from './count-legend'

export interface LabelsChartProps {
  readonly rows: readonly FacetCount[]
  readonly all: readonly FacetCount[]
  readonly picked: readonly string[] | undefined
  readonly pending: boolean
  readonly error: string | null
  readonly onPick: (label: string) => void
}

/** All labels: rank against frequency, and a list to search. */
export const LabelsChart = memo(function LabelsChart({
  rows,
  all,
  picked,
  pending,
  error,
  onPick,
}: LabelsChartProps) {
  const chart = useCallback(
    (theme: ChartTheme) => labelRanks(rows, all, picked, theme),
    [rows, all, picked],
  )
  const ranks = rankLabels(rows, picked)
  return (
    <div>
      <ChartFrame
        name="labels"
        title="Labels"
        unit={
          <>
            <CountLegend />
            <span className="ml-2">{countOf(ranks.length, 'label')} by number of masks</span>
          </>
        }
        chart={chart}
        table={{
          columns: ['label', 'rank', 'images', 'masks'],
          rows: ranks.map(row => [row.value, row.rank, row.images, row.masks]),
        }}
        height={258}
        pending={pending}
        error={error}
        empty={rows.length === 0}
        onPick={onPick}
      />
      <LabelList ranks={ranks} pending={pending} onPick={onPick} />
    </div>
  )
})

function LabelList({
  ranks,
  pending,
  onPick,
}: {
  ranks: readonly LabelRank[]
  pending: boolean
  onPick: (label: string) => void
}) {
  const [search, setSearch] = useState('')
  const needle = search.trim().toLowerCase()
  const shown = ranks.filter(row => row.value.toLowerCase().includes(needle))
  return (
    <div className={pending ? 'opacity-50' : ''}>
      <input
        type="search"
        value={search}
        onChange={event => setSearch(event.target.value)}
        placeholder="Search labels"
        aria-label="Search all labels"
        className="mb-1 w-full rounded-sm border border-line bg-background px-1.5 py-1"
      />
      <ol className="h-64 overflow-y-auto text-[12px]" aria-label="Labels by number of masks">
        {shown.map(row => (
          <li key={row.value}>
            <button
              type="button"
              aria-pressed={row.picked}
              onClick={() => onPick(row.value)}
              title={`${row.value}: ${formatCount(row.images)} images, ${formatCount(row.masks)} masks`}
              className="flex w-full gap-2 rounded-sm px-1 py-0.5 text-left hover:bg-raised aria-pressed:bg-raised aria-pressed:font-semibold"
            >
              <span className="w-8 shrink-0 text-right text-muted">{row.rank}</span>
              <span className="grow truncate">{row.value}</span>
              <span className="w-20 shrink-0 text-right">{formatCount(row.images)}</span>
              <span className="w-20 shrink-0 text-right text-muted">{formatCount(row.masks)}</span>
            </button>
          </li>
        ))}
        {shown.length === 0 && <li className="text-muted">No label matches “{search}”.</li>}
      </ol>
    </div>
  )
}
