'use client'

import { memo, useCallback, useMemo, useState } from 'react'
import type { ChartTheme } from '../../lib/charts/colors'
import { coverageMatrix, matrixAxes, parseCellValue } from '../../lib/charts/coverage-matrix'
import { type Filter, isEmpty } from '../../lib/filter/filter'
import type { CasePair } from '../../lib/queries/cases-by'
import { ChartFrame } from '../charts/chart-frame'
import { ChartNotice } from '../charts/chart-notice'
import { useIsNarrow } from '../layout/use-is-narrow'
import { updateFilter } from '../use-filter'
import { MatrixControls, type MatrixView } from './matrix-controls'
import { MATRIX_KINDS, type MatrixKind } from './matrix-kinds'
import { MatrixLegend } from './matrix-legend'
import { matrixTable } from './matrix-table'
import { isPickedCell, pickCell } from './pick-cell'
import { usePairs } from './use-pairs'

const START: MatrixView = { kind: 'modality', measure: 'images', sort: 'count' }
/** Room for the names of rows, px. */
const NAMES_WIDTH = 160
/** Room for the names of columns and the legend, px. */
const NAMES_HEIGHT = 130
const ORGANS = 32
/** With so few columns, cells of any kind have room for numbers. */
const FEW = 10

/** Where the data covers what: pairs of values as a heatmap, holes included. */
export const CoverageMatrix = memo(function CoverageMatrix({ filter }: { filter: Filter }) {
  const [view, setView] = useState(START)
  const narrow = useIsNarrow()
  const { found, pending, error, waiting } = usePairs(filter, view.kind)
  // Until the new kind is counted, the old one stays.
  const kind: MatrixKind = MATRIX_KINDS[found?.kind ?? view.kind]
  const measure = kind.rowsBy === 'label' ? 'images' : view.measure
  const { sort } = view
  const axes = useMemo(
    () => matrixAxes(found?.all ?? found?.pairs ?? [], measure, sort),
    [found, measure, sort],
  )
  const height = (axes.rows.length || ORGANS) * kind.step + NAMES_HEIGHT
  const chart = useCallback(
    (theme: ChartTheme) =>
      coverageMatrix(found?.pairs ?? [], found?.all ?? null, {
        theme,
        measure,
        sort,
        step: kind.step,
        rowNoun: kind.rowNoun,
        columnNoun: kind.columnNoun,
        labels: kind.hasRoom || (!narrow && axes.columns.length <= FEW) ? 'full' : 'none',
        isPicked: cell => isPickedCell(filter, kind, cell),
      }),
    [found, measure, sort, kind, filter, axes, narrow],
  )
  const onPick = useCallback(
    (value: string) => {
      const cell = parseCellValue(value)
      const has = found?.pairs.some(p => p.row === cell.row && p.column === cell.column)
      updateFilter(f => pickCell(f, kind, cell, !has))
    },
    [found, kind],
  )
  if (!found && !error)
    return (
      <ChartNotice name="coverage" title="Coverage" height={height}>
        {waiting ? 'Shown when the image list is loaded.' : 'Counting pairs…'}
      </ChartNotice>
    )
  return (
    // Scrolls sideways in a box that the keyboard can reach; the header stays in view.
    <div className="@container">
      <section
        aria-label="Coverage matrix"
        tabIndex={narrow ? 0 : undefined}
        className="overflow-x-auto overflow-y-hidden"
      >
        <div
          className="[&_header]:sticky [&_header]:left-0 [&_header]:w-[100cqw]"
          style={{ minWidth: NAMES_WIDTH + axes.columns.length * kind.columnWidth }}
        >
          <ChartFrame
            name="coverage"
            title="Coverage"
            unit={
              <MatrixLegend
                measure={measure}
                filtered={!isEmpty(filter)}
                hasAll={found?.all !== null}
              />
            }
            chart={chart}
            table={matrixTable(found?.pairs ?? [], axes, measure, kind.rowNoun)}
            height={height}
            pending={pending || waiting}
            error={error}
            empty={found?.pairs.length === 0}
            controls={
              <MatrixControls
                view={view}
                onChange={change => setView(old => ({ ...old, ...change }))}
              />
            }
            facet={casesOf(kind)}
            onPick={onPick}
          />
        </div>
      </section>
    </div>
  )
})

/** Cases are counted for all pairs except pairs of labels. */
const casesOf = ({ rowsBy, columnsBy }: MatrixKind) =>
  rowsBy === 'label' ? undefined : (`${rowsBy} × ${columnsBy}` as CasePair)
