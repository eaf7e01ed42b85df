import type { TopLevelSpec } from 'vega-lite'
import { figureBase, IMAGES_COLOR, INK, PLOT_HEIGHT, SHORT_AXIS, WIDTH } from './look'

export interface Bar {
  readonly category: string
  /** One of one or two series, side by side. */
  readonly series: string
  readonly value: number
  /** The paper's number; null if it has none, or a filter is set. */
  readonly published: number | null
  readonly text: string
  readonly color?: string
}

export interface BarsOptions {
  readonly categories: readonly string[]
  /** Names of the series: the first is solid, the second outlined. */
  readonly series: readonly string[]
  readonly x: string
  readonly y: string
  /** Title of a second axis for the second series. */
  readonly y2?: string
  readonly scale?: 'linear' | 'symlog'
  /** Maximum of the axis; by default that of the bars. */
  readonly max?: number
}

/**
 * Bars side by side over named categories, like most of the paper's figures. Images are solid, masks are outlined,
 * and the paper's number is a dark line across the bar.
 */
export function groupedBars(bars: readonly Bar[], options: BarsOptions): TopLevelSpec {
  const { series, y2 } = options
  const hasPublished = bars.some(bar => bar.published !== null)
  const layers = series.map((name, i) => ({
    data: { values: bars.filter(bar => bar.series === name) },
    layer: [
      {
        mark: markOf(i),
        encoding: { ...encodingOf(options, i, 'value'), ...(i === 0 && { color: OWN_COLOR }) },
      },
      {
        mark: { type: 'text' as const, dy: -7, fontSize: 9.5, color: INK },
        encoding: {
          ...encodingOf(options, i, 'value'),
          text: { field: 'text', type: 'nominal' as const },
        },
      },
      ...(hasPublished
        ? [
            {
              transform: [{ filter: 'isValid(datum.published)' }],
              mark: {
                type: 'tick' as const,
                orient: 'horizontal' as const,
                thickness: 2,
                color: INK,
                opacity: 1,
                size: series.length > 1 ? 24 : 48,
              },
              encoding: encodingOf(options, i, 'published'),
            },
          ]
        : []),
    ],
  }))
  return {
    ...figureBase,
    width: WIDTH,
    height: PLOT_HEIGHT,
    title: {
      text: [
        ...(series.length > 1 ? [`■ ${series[0]}, □ ${series[1]}`] : []),
        ...(hasPublished ? ['▬ published'] : []),
      ].join(' · '),
      fontWeight: 400,
      fontSize: 11,
    },
    layer: layers,
    ...(y2 !== undefined && { resolve: { scale: { y: 'independent' } } }),
  } as TopLevelSpec
}

const OWN_COLOR = { field: 'color', type: 'nominal' as const, scale: null, legend: null }

const markOf = (i: number) =>
  i === 0
    ? { type: 'bar' as const }
    : { type: 'bar' as const, fill: '#ffffff', stroke: IMAGES_COLOR, strokeWidth: 1.5 }

function encodingOf(options: BarsOptions, i: number, field: 'value' | 'published') {
  const { categories, series, x, y, y2, scale = 'linear', max } = options
  return {
    x: {
      field: 'category',
      type: 'nominal' as const,
      sort: [...categories],
      scale: { domain: [...categories], paddingInner: 0.35, paddingOuter: 0.2 },
      axis: { title: x, labelAngle: 0, domain: true },
    },
    ...(series.length > 1 && {
      xOffset: { field: 'series', type: 'nominal' as const, scale: { domain: [...series] } },
    }),
    y: {
      field,
      type: 'quantitative' as const,
      scale: {
        type: scale,
        nice: scale === 'linear',
        ...(max !== undefined && { domain: [0, max] }),
      },
      axis: {
        title: i === 1 && y2 !== undefined ? y2 : y,
        ...(i === 1 && y2 !== undefined && { orient: 'right' as const, grid: false }),
        tickCount: 6,
        tickMinStep: 1,
        ...(scale === 'symlog' && { values: [0, 1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8] }),
        ...SHORT_AXIS,
      },
    },
  }
}
