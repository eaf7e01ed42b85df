import type { TopLevelSpec } from 'vega-lite'
import { baseSpec, DATA, rawField, tooltipOf } from './base'
import type { ChartTheme } from './colors'
import { heatFill } from './heat'

/** How a matrix is drawn. */
export interface MatrixLook {
  readonly theme: ChartTheme
  readonly measure: 'images' | 'masks'
  /** Names of rows and columns, for the tooltip. */
  readonly rowNoun: string
  readonly columnNoun: string
  /** Write the numbers into the cells. */
  readonly labels: 'full' | 'short' | 'none'
  /** Height of one row in px. */
  readonly step: number
}

/** With at most so many columns, their names slope less. */
const FEW_COLUMNS = 12
/** Matrices with more rows have the names of columns below too. */
const TALL_ROWS = 45

/**
 * Cells in rows and columns on a logarithmic colour scale, with holes and numbers.
 *
 * @param max Largest count of the colour scale.
 * @param hasAll Whether cells have unfiltered counts.
 */
export function matrixSpec(
  rows: readonly string[],
  columns: readonly string[],
  max: number,
  hasAll: boolean,
  { theme, measure, rowNoun, columnNoun, labels, step }: MatrixLook,
): TopLevelSpec {
  const few = columns.length <= FEW_COLUMNS
  const tall = rows.length > TALL_ROWS
  const x = (orient: 'top' | 'bottom') => ({
    field: 'column',
    type: 'nominal' as const,
    sort: null,
    scale: { domain: [...columns], paddingInner: 0.06, paddingOuter: 0 },
    axis: {
      orient,
      title: null,
      labelColor: theme.text,
      labelLimit: 170,
      labelOverlap: false,
      labelAngle: (orient === 'top' ? -1 : 1) * (few ? 30 : 55),
      labelAlign: 'left' as const,
      labelBaseline: 'middle' as const,
    },
  })
  const number = {
    transform: [{ filter: "datum.text !== ''" }],
    mark: { type: 'text' as const, fontSize: 11, cursor: 'pointer' as const },
    encoding: {
      x: x('top'),
      text: { field: 'text', type: 'nominal' as const },
      color: rawField('ink'),
    },
  }
  const picked = {
    transform: [{ filter: 'datum.picked' }],
    mark: {
      type: 'rect' as const,
      fill: 'transparent',
      stroke: theme.text,
      strokeWidth: 2,
      cursor: 'pointer' as const,
    },
    encoding: { x: tall ? { ...x('top'), axis: null } : x('top') },
  }
  // An empty layer that draws only the second axis.
  const secondAxis = {
    transform: [{ filter: 'false' }],
    mark: { type: 'rect' as const },
    encoding: { x: x('bottom') },
  }
  return {
    ...baseSpec(theme),
    // Sloping names are a little longer than Vega measures.
    padding: { left: 2, right: 6, top: 2, bottom: 6 },
    height: Math.max(rows.length, 1) * step,
    data: { name: DATA },
    encoding: {
      y: {
        field: 'row',
        type: 'nominal',
        sort: null,
        scale: { domain: [...rows], paddingInner: 0.08, paddingOuter: 0 },
        axis: { title: null, labelLimit: 150, labelColor: theme.text, labelOverlap: false },
      },
      tooltip: tooltipOf(
        { row: rowNoun, column: columnNoun },
        {
          images: 'images',
          ...((measure === 'masks' || hasAll) && { masks: 'masks' }),
          ...(hasAll && { allImages: 'images, unfiltered', allMasks: 'masks, unfiltered' }),
        },
      ),
    },
    layer: [
      {
        transform: [{ filter: 'datum.count === 0' }],
        mark: { type: 'rect', strokeWidth: 1, cursor: 'pointer' },
        encoding: { x: x('top'), fill: rawField('hole'), stroke: rawField('edge') },
      },
      {
        transform: [{ filter: 'datum.count > 0' }],
        mark: { type: 'rect', cursor: 'pointer' },
        encoding: {
          // Layers have independent axes then; one axis is enough.
          x: tall ? { ...x('top'), axis: null } : x('top'),
          fill: heatFill(max, measure, theme),
        },
      },
      ...(labels === 'none' ? [] : [number]),
      picked,
      ...(tall ? [secondAxis] : []),
    ],
    resolve: {
      // Holes have fixed colours, counts a colour scale.
      scale: { fill: 'independent' },
      legend: { fill: 'independent' },
      ...(tall && { axis: { x: 'independent' } }),
    },
  }
}
