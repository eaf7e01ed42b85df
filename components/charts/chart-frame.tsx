'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import type { Chart } from '../../lib/charts/base'
import { type ChartTheme, DARK, LIGHT } from '../../lib/charts/colors'
import { csv } from '../../lib/csv'
import { download } from '../download'
import { useTheme } from '../layout/use-theme'
import { DataTable, type TableData } from './data-table'

const VegaChart = dynamic(() => import('./vega-chart'), { ssr: false })

export interface ChartFrameProps {
  /** Stable name: test id, and file name of exports. */
  readonly name: string
  readonly title: string
  /** Unit and what is counted, in a line. */
  readonly unit: ReactNode
  /** Draws the chart for a theme; exports ask for the light one. */
  readonly chart: (theme: ChartTheme) => Chart
  readonly table: TableData
  /** Height in px that the chart will have, so that nothing jumps. */
  readonly height: number
  /** Stands in the chart's place until it is drawn. */
  readonly placeholder?: ReactNode
  /** True while the numbers are of an earlier filter. */
  readonly pending: boolean
  readonly error: string | null
  /** True if nothing is selected. */
  readonly empty: boolean
  readonly controls?: ReactNode
  readonly onPick?: (value: string) => void
}

/** Title, unit, table view, exports and the four faces (loading, error, empty, rows) of a chart. */
export function ChartFrame(props: ChartFrameProps) {
  const { name, title, unit, controls, pending, table } = props
  const [shown, setShown] = useState<'chart' | 'table'>('chart')
  const [failure, setFailure] = useState<string | null>(null)
  const save = async (format: 'csv' | 'svg' | 'png') => {
    try {
      setFailure(null)
      const blob =
        format === 'csv'
          ? new Blob([csv(table.columns, table.rows)], { type: 'text/csv' })
          : await (await import('./export-chart')).chartPicture(props.chart(LIGHT), format)
      download(blob, `sa-med2d-${name}.${format}`)
    } catch (cause) {
      setFailure(`The ${format.toUpperCase()} could not be made: ${(cause as Error).message}`)
    }
  }
  return (
    <section
      aria-labelledby={`${name}-title`}
      aria-busy={pending}
      data-testid={`chart-${name}`}
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id={`${name}-title`} className="font-semibold">
          {title}
        </h2>
        <p className="text-[11px] text-muted">{unit}</p>
        <div className="ml-auto flex flex-wrap items-baseline gap-x-2 text-[11px]">
          {controls}
          <FrameButton
            pressed={shown === 'table'}
            onClick={() => setShown(shown === 'table' ? 'chart' : 'table')}
          >
            Table
          </FrameButton>
          {(['csv', 'svg', 'png'] as const).map(format => (
            <FrameButton
              key={format}
              label={`Download ${title} as ${format}`}
              onClick={() => save(format)}
            >
              {format.toUpperCase()}
            </FrameButton>
          ))}
        </div>
      </header>
      {failure && (
        <p role="alert" className="text-wrong">
          {failure}
        </p>
      )}
      <Face {...props} shown={shown} />
    </section>
  )
}

function Face(props: ChartFrameProps & { shown: 'chart' | 'table' }) {
  const { title, error, empty, pending, shown, table, height } = props
  const [drawn, setDrawn] = useState(false)
  const theme = useTheme()
  if (error)
    return (
      <p role="alert" className="text-wrong">
        {title} could not be counted: {error}
      </p>
    )
  if (empty && !pending)
    return (
      <p className="text-muted" style={{ minHeight: height }}>
        No image passes all facets. Drop one of the chips above.
      </p>
    )
  if (shown === 'table') return <DataTable data={table} caption={title} />
  return (
    <div
      style={{ minHeight: height }}
      className={`relative transition-opacity duration-100 ${pending ? 'opacity-50' : ''}`}
    >
      {!drawn && (props.placeholder ?? <p className="text-muted">Drawing…</p>)}
      <div className={drawn ? '' : 'pointer-events-none absolute inset-x-0 top-0 opacity-0'}>
        <VegaChart
          chart={props.chart(theme === 'dark' ? DARK : LIGHT)}
          label={`${title}; the Table button shows the numbers`}
          onPick={props.onPick}
          onReady={() => setDrawn(true)}
        />
      </div>
    </div>
  )
}

/** A quiet text button in a chart's header. */
export function FrameButton({
  pressed,
  label,
  onClick,
  children,
}: {
  pressed?: boolean
  label?: string
  onClick: () => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-label={label}
      onClick={onClick}
      className="rounded-sm px-1 py-0.5 text-muted hover:text-text aria-pressed:bg-raised aria-pressed:text-text"
    >
      {children}
    </button>
  )
}
