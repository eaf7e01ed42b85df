'use client'

import { useEffect, useMemo, useRef, useState } from 'react'
import { useVegaEmbed } from 'react-vega'
import type { EmbedOptions } from 'vega-embed'
import { expressionInterpreter } from 'vega-interpreter'
import { type Chart, DATA } from '../../lib/charts/base'

type View = NonNullable<ReturnType<typeof useVegaEmbed>>['view']

// The interpreter needs no eval, which the page's content policy forbids.
const OPTIONS: EmbedOptions = {
  actions: false,
  renderer: 'svg',
  ast: true,
  expr: expressionInterpreter,
  mode: 'vega-lite',
}

/** The one place that knows Vega: embeds a spec once and only updates its rows afterwards. */
export default function VegaChart({
  chart,
  label,
  onPick,
  onReady,
}: {
  chart: Chart
  /** What a screen reader says of the picture; the numbers are in the table behind it. */
  label: string
  /** Called with the `value` of a clicked mark. */
  onPick?: (value: string) => void
  onReady?: () => void
}) {
  const ref = useRef<HTMLDivElement>(null)
  const specText = JSON.stringify(chart.spec)
  // A spec is embedded anew only when its text changes, not with every render.
  const spec = useMemo(() => JSON.parse(specText), [specText])
  const [error, setError] = useState<string | null>(null)
  const result = useVegaEmbed({
    ref,
    spec,
    options: OPTIONS,
    onError: cause => setError(cause instanceof Error ? cause.message : String(cause)),
  })
  const view = result?.view ?? null

  useEffect(() => {
    if (!view) return
    let dropped = false
    const box = ref.current
    // Scripts that wait for the picture (the bench, tests) look at this.
    box?.setAttribute('data-drawing', '')
    view
      .data(DATA, [...chart.rows])
      .runAsync()
      .then(() => {
        if (dropped) return
        box?.removeAttribute('data-drawing')
        onReady?.()
      })
    return () => {
      dropped = true
    }
  }, [view, chart.rows, onReady])

  useEffect(() => (view && onPick ? listen(view, onPick) : undefined), [view, onPick])

  if (error) return <p className="text-wrong">This chart could not be drawn: {error}</p>
  return (
    <div role="img" aria-label={label}>
      {/* The picture has one name, and its table the numbers: marks need no names of their own. */}
      <div ref={ref} aria-hidden="true" className="w-full" />
    </div>
  )
}

function listen(view: View, onPick: (value: string) => void) {
  const pick = (_: unknown, item: { datum?: { value?: unknown } } | null | undefined) => {
    if (typeof item?.datum?.value === 'string') onPick(item.datum.value)
  }
  view.addEventListener('click', pick)
  return () => {
    view.removeEventListener('click', pick)
  }
}
