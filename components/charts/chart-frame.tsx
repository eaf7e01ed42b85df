'use client'

import { type ReactNode, useState } from 'react'
import type { Chart } from '../../lib/charts/base'
import { type ChartTheme, LIGHT } from '../../lib/charts/colors'
import type { CasesBy } from '../../lib/queries/cases-by'
import { FrameFace, type FrameFaceProps } from './frame-face'
import { FrameHeader, type FrameHeaderProps } from './frame-header'
import type { OnBrush } from './use-band-brush'
import { VegaDrawing } from './vega-drawing'

/** The content of a frame that is not drawn by Vega. */
export interface Drawing {
  readonly body: ReactNode
  /** Makes the file of an export. */
  readonly picture: (format: 'svg' | 'png') => Promise<Blob>
}

interface VegaProps {
  /** Makes the chart for a theme; exports use the light one. */
  readonly chart: (theme: ChartTheme) => Chart
  /** Shown until the chart is drawn. */
  readonly placeholder?: ReactNode
  /** The facet of the marks' values. With it, tooltips say how many cases have a value. */
  readonly facet?: CasesBy
  readonly onPick?: (value: string) => void
  readonly onBrush?: OnBrush
  readonly drawing?: undefined
}

export type ChartFrameProps = Omit<FrameHeaderProps, 'tableShown' | 'onTable' | 'picture'> &
  Omit<FrameFaceProps, 'tableShown'> &
  (VegaProps | { readonly drawing: Drawing; readonly chart?: undefined })

/** Title, unit, table view, exports and the four faces (loading, error, empty, rows) of a chart. */
export function ChartFrame(props: ChartFrameProps) {
  const { name, pending } = props
  const [tableShown, setTableShown] = useState(false)
  const picture = async (format: 'svg' | 'png') =>
    props.drawing
      ? props.drawing.picture(format)
      : (await import('./export-chart')).chartPicture(props.chart(LIGHT), format)
  return (
    <section
      aria-labelledby={`${name}-title`}
      aria-busy={pending}
      data-testid={`chart-${name}`}
      className="min-w-0 border-t border-line pt-2 pb-5"
    >
      <FrameHeader {...props} picture={picture} tableShown={tableShown} onTable={setTableShown} />
      <FrameFace {...props} tableShown={tableShown}>
        {props.drawing ? props.drawing.body : <VegaDrawing {...props} />}
      </FrameFace>
    </section>
  )
}
