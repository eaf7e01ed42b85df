'use client'

import { memo, useMemo } from 'react'
import { modalityColor, organColor, structureColor } from '../../lib/charts/value-colors'
import { chartLabels } from '../../lib/counts/chart-labels'
import type { Counts } from '../../lib/counts/counts'
import type { Filter } from '../../lib/filter/filter'
import { hasUnionFacet } from '../../lib/filter/merged'
import { BodyMap } from '../body-map/body-map'
import { CasesProvider } from '../charts/cases-source'
import { CountBarsChart } from '../charts/count-bars-chart'
import { DatasetCharts } from '../charts/dataset-charts'
import { DistributionCharts } from '../charts/distribution-charts'
import { facetMarks } from '../charts/facet-marks'
import { LabelAreasChart } from '../charts/label-areas-chart'
import { LabelsChart } from '../charts/labels-chart'
import { DatasetStructuresChart, MaskStructuresChart } from '../charts/structure-charts'
import { useOrdered } from '../charts/use-ordered'
import { CoverageMatrix } from '../coverage/coverage-matrix'
import { SeenFirst } from '../deferred/seen-first'
import { LedgerLink } from '../filter-page/ledger-link'

// One constant element, so that the chart does not render again for it.
const BESIDE_PAPER = <LedgerLink line="by-modality">compared with the paper</LedgerLink>

export interface OverviewChartsProps {
  readonly filter: Filter
  readonly counts: Counts
  readonly all: Counts
  readonly pending: boolean
  readonly error: string | null
}

/** The charts of the overview, two columns where there is room. */
export const OverviewCharts = memo(function OverviewCharts(props: OverviewChartsProps) {
  return (
    <CasesProvider filter={props.filter}>
      <Charts {...props} />
    </CasesProvider>
  )
})

function Charts(props: OverviewChartsProps) {
  const { filter, counts, all, pending, error } = props
  const { facets } = counts
  const ordered = useOrdered(all)
  const common = { pending, error }
  const labels = useMemo(() => chartLabels(facets.label, filter), [facets.label, filter])
  const allLabels = useMemo(() => chartLabels(all.facets.label, filter), [all.facets.label, filter])
  return (
    // The second row has the height that the right column exceeds the body map by; the list of labels fills it.
    <div className="grid grid-cols-1 gap-x-8 pt-3 xl:grid-cols-[minmax(520px,1fr)_minmax(0,1fr)] xl:grid-rows-[auto_1fr]">
      <div>
        <BodyMap
          {...common}
          rows={facets.organ}
          all={all.facets.organ}
          picked={filter.organ}
          unionNote={hasUnionFacet(filter) ? 'merged masks included' : 'without merged masks'}
          onPick={facetMarks(filter, 'organ').onPick}
        />
      </div>
      <div className="min-w-0 xl:col-start-2 xl:row-span-2 xl:row-start-1">
        <CountBarsChart
          {...common}
          {...facetMarks(filter, 'modality')}
          name="modality"
          title="Modality"
          note={BESIDE_PAPER}
          noun="modality"
          facet="modality"
          rows={facets.modality}
          all={ordered.modality}
          initialScale="log"
          colorOf={modalityColor}
        />
        <DatasetStructuresChart
          {...common}
          filter={filter}
          rows={facets.datasetStructure}
          all={ordered.datasetStructure}
          colorOf={structureColor}
        />
        <MaskStructuresChart
          {...common}
          filter={filter}
          rows={facets.structure}
          all={ordered.structure}
          colorOf={structureColor}
        />
        <SeenFirst>
          <CountBarsChart
            {...common}
            {...facetMarks(filter, 'organ')}
            name="organs"
            title="Organs"
            noun="organ"
            facet="organ"
            rows={facets.organ}
            all={ordered.organ}
            initialScale="log"
            colorOf={organColor}
            step={18}
          />
        </SeenFirst>
      </div>
      <SeenFirst>
        <LabelsChart {...common} {...facetMarks(filter, 'label')} rows={labels} all={allLabels} />
      </SeenFirst>
      <div className="min-w-0 xl:col-span-2">
        <SeenFirst>
          <DistributionCharts {...common} filter={filter} counts={counts} all={all} />
        </SeenFirst>
        <SeenFirst>
          <LabelAreasChart filter={filter} />
        </SeenFirst>
        <SeenFirst>
          <CoverageMatrix filter={filter} />
        </SeenFirst>
        <SeenFirst>
          <DatasetCharts
            {...common}
            {...facetMarks(filter, 'dataset')}
            rows={facets.dataset}
            all={ordered.dataset}
          />
        </SeenFirst>
      </div>
    </div>
  )
}
