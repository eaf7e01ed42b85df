'use client'

import { memo, useCallback, useMemo, useRef } from 'react'
import type { ChartTheme } from '../../lib/charts/colors'
import { labelAreasHeat, labelAreasHeight, labelOfCell } from '../../lib/charts/label-areas-heat'
import {
  areasNeedRows,
  type LabelAreas,
  MAX_AREA_LABELS,
  withoutLabelAndArea,
} from '../../lib/cube/label-areas'
import type { Filter } from '../../lib/filter/filter'
import { formatFilter } from '../../lib/filter/query-string'
import { binsOfRange, RANGE_VALUES } from '../../lib/filter/range-bins'
import { useOnceSeen } from '../deferred/use-once-seen'
import { useEngine } from '../engine-provider'
import { binText } from '../facets/range-text'
import { useIsNarrow } from '../layout/use-is-narrow'
import { useCubeQuery } from '../use-cube-query'
import { ChartFrame } from './chart-frame'
import { ChartNotice } from './chart-notice'
import { facetMarks } from './facet-marks'
import { nothingMeasured, Unmeasured } from './unmeasured'
import { useChart } from './use-chart'

const TITLE = 'Mask area by label'
const BINS = RANGE_VALUES.area.map((value, bin) => ({ value, name: binText('area', bin) }))
const NO_LABELS: readonly LabelAreas[] = []

/** How much of its image each of the largest labels covers; a row picks its label. */
export const LabelAreasChart = memo(function LabelAreasChart({ filter }: { filter: Filter }) {
  const box = useRef<HTMLDivElement>(null)
  const seen = useOnceSeen(box)
  const { found, pending, error, waiting } = useLabelAreas(filter, seen)
  const labels = found ?? NO_LABELS
  const compact = useIsNarrow()
  const { picked, excluded, onPick } = facetMarks(filter, 'label')
  const { area } = filter
  const build = useCallback(
    (theme: ChartTheme) => {
      const range = area ? binsOfRange('area', area) : null
      return labelAreasHeat(labels, BINS, { theme, compact, picked, excluded, range })
    },
    [labels, compact, picked, excluded, area],
  )
  const onCell = useCallback((value: string) => onPick(labelOfCell(value)), [onPick])
  const chart = useChart(build)
  const table = useMemo(() => areaTable(labels), [labels])
  const masks = labels.reduce((sum, label) => sum + label.masks, 0)
  const unmeasured = masks - labels.reduce((sum, label) => sum + measured(label), 0)
  return (
    <div ref={box}>
      {!found && !error ? (
        <ChartNotice name="label-areas" title={TITLE} height={labelAreasHeight(MAX_AREA_LABELS)}>
          {waiting ? 'Shown when the image list is loaded.' : 'Counting areas…'}
        </ChartNotice>
      ) : (
        <ChartFrame
          name="label-areas"
          title={TITLE}
          unit={
            <>
              masks of the most frequent labels, by share of the image covered; click to select a
              label
              <Unmeasured count={unmeasured} />
            </>
          }
          chart={chart}
          table={table}
          height={labelAreasHeight(labels.length)}
          pending={pending}
          error={error}
          empty={unmeasured === masks}
          nothing={nothingMeasured(unmeasured, 'mask')}
          onPick={onCell}
        />
      )}
    </div>
  )
})

const measured = ({ areas }: LabelAreas) => areas.reduce((sum, n) => sum + n, 0)

/** Areas by label under a filter, asked for once they are looked at. */
function useLabelAreas(filter: Filter, seen: boolean) {
  const { rowsLoaded } = useEngine()
  // The counts ignore the facets label and area, except that a selected label always has a row.
  const waiting = !rowsLoaded && areasNeedRows(filter)
  const { label, all } = filter
  const key = JSON.stringify([formatFilter(withoutLabelAndArea(filter)), label, all])
  const areas = useCubeQuery(seen && !waiting ? key : null, cube => cube.labelAreas(filter))
  return { ...areas, pending: areas.pending || waiting, waiting }
}

const areaTable = (labels: readonly LabelAreas[]) => ({
  columns: ['label', 'masks', ...BINS.map(({ name }) => name), 'not measured'],
  rows: labels.map(one => [one.label, one.masks, ...one.areas, one.masks - measured(one)]),
})
