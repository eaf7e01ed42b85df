import type { TopLevelSpec } from 'vega-lite'
import { baseSpec, type Chart, DATA, ROW_OPACITY, rawField, tooltipOf } from './base'
import { AREA_TICKS, tickAxis } from './bin-ticks'
import type { ChartTheme } from './colors'
import { binEmphasis, emphasis, type Marked, type PickedBins } from './emphasis'
import { heatFill, holeColors } from './heat'
import type { HistogramBin } from './histogram'

/** Masks of one label by bin of area. */
export interface LabelRow {
  readonly label: string
  readonly areas: readonly number[]
}

/** Masks of one label and one bin of area; a hole has the count 0. */
export interface LabelAreaCell {
  /** Label and bin in one text; `labelOfCell` reads the label. */
  readonly value: string
  readonly label: string
  readonly bin: string
  /** The bin in words. */
  readonly area: string
  readonly count: number
  readonly hole: string
  readonly edge: string
  readonly picked: boolean
  /** Whether the row's outline is drawn at this cell. */
  readonly outlined: boolean
  readonly opacity: number
}

export interface LabelAreasOptions extends Marked {
  readonly theme: ChartTheme
  /** There is little room for names. */
  readonly compact: boolean
  /** Bins that a range of areas touches; null without one. */
  readonly range: PickedBins | null
}

/** Height of a row and, in all, of a chart in px. */
const STEP = 18
export const labelAreasHeight = (labels: number): number => Math.max(labels, 1) * STEP + 94

const SEPARATOR = '\u001f'

/** The label of a cell's `value`. */
export const labelOfCell = (value: string): string => value.slice(0, value.indexOf(SEPARATOR))

/**
 * One row per label: masks by the share of their image that they cover, on a logarithmic colour scale.
 *
 * @param bins Bins of the area, in order.
 */
export function labelAreasHeat(
  labels: readonly LabelRow[],
  bins: readonly HistogramBin[],
  options: LabelAreasOptions,
): Chart<LabelAreaCell> {
  const { theme, picked, range } = options
  const cells = labels.flatMap(({ label, areas }) =>
    bins.map(({ value: bin, name: area }, i): LabelAreaCell => {
      const count = areas[i] ?? 0
      const isPicked = picked?.includes(label) ?? false
      return {
        value: `${label}${SEPARATOR}${bin}`,
        label,
        bin,
        area,
        count,
        ...holeColors(count, 0, theme),
        picked: isPicked,
        outlined: isPicked && i === 0,
        opacity: Math.min(emphasis(label, options), binEmphasis(i, range)),
      }
    }),
  )
  const max = cells.reduce((n, cell) => Math.max(n, cell.count), 1)
  const names = labels.map(({ label }) => label)
  const values = bins.map(({ value }) => value)
  return { spec: labelAreasSpec(names, values, max, options), rows: cells }
}

function labelAreasSpec(
  labels: readonly string[],
  bins: readonly string[],
  max: number,
  { theme, compact }: LabelAreasOptions,
): TopLevelSpec {
  const cursor = 'pointer' as const
  return {
    ...baseSpec(theme),
    height: Math.max(labels.length, 1) * STEP,
    data: { name: DATA },
    encoding: {
      x: {
        field: 'bin',
        type: 'nominal',
        sort: null,
        scale: { domain: [...bins], paddingInner: 0.06, paddingOuter: 0 },
        axis: { title: 'share of the image (logarithmic)', ...tickAxis(bins, AREA_TICKS) },
      },
      y: {
        field: 'label',
        type: 'nominal',
        sort: null,
        scale: { domain: [...labels], paddingInner: 0.1, paddingOuter: 0.05 },
        axis: {
          title: null,
          labelLimit: compact ? 110 : 190,
          labelColor: theme.text,
          labelOverlap: false,
        },
      },
      tooltip: tooltipOf({ label: 'label', area: 'share of the image' }, { count: 'masks' }),
    },
    layer: [
      {
        transform: [{ filter: 'datum.count === 0' }],
        mark: { type: 'rect', strokeWidth: 1, cursor },
        encoding: { fill: rawField('hole'), stroke: rawField('edge') },
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'rect', cursor },
        encoding: { fill: heatFill(max, 'masks', theme), opacity: ROW_OPACITY },
      },
      {
        transform: [{ filter: 'datum.outlined' }],
        mark: { type: 'rect', fill: 'transparent', stroke: theme.text, strokeWidth: 1.5, cursor },
        encoding: { x: { value: 0 }, x2: { value: 'width' } },
      },
    ],
    // Holes have fixed colours, counts a colour scale.
    resolve: { scale: { fill: 'independent' }, legend: { fill: 'independent' } },
  }
}
