'use client'

import { useMemo, useRef, useState } from 'react'
import { useVegaEmbed } from 'react-vega'
import type { EmbedOptions } from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import type { Chart } from '../../lib/charts/base'
import { messageOf } from '../../lib/errors'
import type { CasesBy } from '../../lib/queries/cases-by'
import { useInTurn } from '../deferred/use-in-turn'
import { useSight } from '../deferred/use-sight'
import { ChartTooltip } from './chart-tooltip'
import { MarkBox } from './mark-box'
import { MarkListbox } from './mark-listbox'
import { isMarkRow } from './mark-rows'
import { readSpec } from './read-spec'
import { type OnBrush, useBandBrush } from './use-band-brush'
import { usePointedMark } from './use-pointed-mark'
import { useViewRows } from './use-view-rows'

const OPTIONS: EmbedOptions = {
  actions: false,
  // Takes less than half as long as SVG to update and paint: 23 ms instead of 60 ms for 140 bars of six marks.
  renderer: 'canvas',
  // The interpreter needs no eval, which the page's content policy forbids.
  ast: true,
  expr: expressionInterpreter,
  mode: 'vega-lite',
  // `ChartTooltip` replaces it: it shows cases and works with the keyboard.
  tooltip: false,
}

export interface VegaChartProps {
  readonly chart: Chart
  /** Name of the picture for screen readers; the table has the numbers. */
  readonly label: string
  /** The facet of the marks' values. With it, tooltips say how many cases have a value. */
  readonly facet?: CasesBy
  /** Called with the `value` of a mark that is clicked, or picked with the keyboard. */
  readonly onPick?: (value: string) => void
  readonly onBrush?: OnBrush
  readonly onReady?: () => void
}

/** The only component that uses Vega: embeds a spec once, and then only updates its rows. */
export default function VegaChart(props: VegaChartProps) {
  const { label, facet, onPick, onBrush, onReady } = props
  const host = useRef<HTMLDivElement>(null)
  const chart = useInTurn(props.chart, useSight(host))
  const parts = useMemo(() => readSpec(chart.spec), [chart.spec])
  // A spec is embedded again only when its text changes.
  const spec = useMemo(() => JSON.parse(parts.text), [parts.text])
  const [error, setError] = useState<string | null>(null)
  const result = useVegaEmbed({
    ref: host,
    spec,
    options: OPTIONS,
    onError: cause => setError(messageOf(cause)),
  })
  const view = result?.view ?? null
  useViewRows(view, host, chart.rows, onReady)
  const rows = useMemo(() => chart.rows.filter(isMarkRow), [chart.rows])
  const { pointed, anchor } = usePointedMark(view, onPick)
  const brush = useBandBrush(view, host, onBrush)
  if (error) return <p className="text-wrong">Could not draw this chart: {error}</p>
  const row = pointed !== null && !brush.box ? rows.find(one => one.value === pointed) : undefined
  return (
    <div className="relative">
      <MarkListbox
        view={view}
        host={host}
        parts={parts}
        rows={rows}
        facet={facet}
        label={label}
        onPick={onPick}
        isPointed={row !== undefined}
      >
        {/* Hidden: the listbox has a name, and the table has the numbers. */}
        <div
          ref={host}
          aria-hidden="true"
          data-waiting={chart === props.chart ? undefined : ''}
          className={`w-full ${onBrush ? 'touch-pan-y' : ''}`}
          {...brush.handlers}
        />
      </MarkListbox>
      {brush.box && <MarkBox box={brush.box} isFilled />}
      {row && <ChartTooltip anchor={anchor} fields={parts.tooltip} row={row} facet={facet} />}
    </div>
  )
}
