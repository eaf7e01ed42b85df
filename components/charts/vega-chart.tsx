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
  // Half of what SVG costs to update and paint: 23 ms against 60 ms for 140 bars of six marks.
  renderer: 'canvas',
  // The interpreter needs no eval, which the page's content policy forbids.
  ast: true,
  expr: expressionInterpreter,
  mode: 'vega-lite',
  // Ours knows what Vega does not: cases, and the keyboard.
  tooltip: false,
}

export interface VegaChartProps {
  readonly chart: Chart
  /** What a screen reader says of the picture; the numbers are in the table behind it. */
  readonly label: string
  /** What the marks' values are: tooltips then say how many cases have one. */
  readonly facet?: CasesBy
  /** Called with the `value` of a mark that is clicked, or picked with the keyboard. */
  readonly onPick?: (value: string) => void
  readonly onBrush?: OnBrush
  readonly onReady?: () => void
}

/** The one place that knows Vega: embeds a spec once and only updates its rows afterwards. */
export default function VegaChart(props: VegaChartProps) {
  const { label, facet, onPick, onBrush, onReady } = props
  const host = useRef<HTMLDivElement>(null)
  const chart = useInTurn(props.chart, useSight(host))
  const parts = useMemo(() => readSpec(chart.spec), [chart.spec])
  // A spec is embedded anew only when its text changes.
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
        {/* The picture has one name, and its table the numbers: marks need no names of their own. */}
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
