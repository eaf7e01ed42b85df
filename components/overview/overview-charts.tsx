'use client'

import { memo, useMemo } from 'react'
import { DATA_COLOR, MODALITY_COLORS, REGION_COLORS } from '../../lib/charts/colors'
import type { ValueFacetName } from '../../lib/filter/facets'
import { type Filter, toggleValue } from '../../lib/filter/filter'
import { countOf } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { Counts } from '../../lib/queries/counts'
import { ORGANS } from '../../lib/taxonomy/organs'
import { BodyMap } from '../body-map/body-map'
import { CountBarsChart } from '../charts/count-bars-chart'
import { LabelsChart } from '../charts/labels-chart'
import { MasksPerImageChart } from '../charts/masks-per-image-chart'
import { CoverageMatrix } from '../coverage/coverage-matrix'
import { SeenFirst } from '../layout/seen-first'
import { updateFilter } from '../use-filter'

const regionColor = (region: string) => REGION_COLORS[region] ?? DATA_COLOR
const modalityColor = (modality: string) => MODALITY_COLORS[modality] ?? DATA_COLOR
const REGION_OF = new Map(ORGANS.map(({ organ, region }) => [organ, region]))
const organColor = (organ: string) => regionColor(REGION_OF.get(organ) ?? 'Unassigned')

/** The charts of the overview, two columns where there is room. */
export const OverviewCharts = memo(function OverviewCharts({
  filter,
  unions,
  counts,
  all,
  pending,
  error,
}: {
  filter: Filter
  unions: boolean
  counts: Counts
  all: Counts
  pending: boolean
  error: string | null
}) {
  const { facets } = counts
  const ordered = useOrdered(all)
  const common = { pending, error }
  const unionNote = unions ? 'union masks included' : 'without union masks'
  return (
    <div className="grid grid-cols-1 gap-x-8 pt-3 xl:grid-cols-[minmax(520px,1fr)_minmax(0,1fr)]">
      <div className="xl:row-span-3">
        <BodyMap
          {...common}
          rows={facets.organ}
          all={all.facets.organ}
          picked={filter.organ}
          unionNote={unionNote}
          onPick={TOGGLE.organ}
        />
      </div>
      <CountBarsChart
        {...common}
        name="modality"
        title="Modality"
        noun="modality"
        rows={facets.modality}
        all={ordered.modality}
        initialScale="log"
        colorOf={modalityColor}
        picked={filter.modality}
        onPick={TOGGLE.modality}
      />
      <CountBarsChart
        {...common}
        name="structures-published"
        title="Anatomical structures, by dataset"
        note="as the paper counts: a dataset counts whole in every structure it covers"
        noun="structure"
        rows={facets.datasetStructure}
        all={ordered.datasetStructure}
        colorOf={regionColor}
      />
      <CountBarsChart
        {...common}
        name="structures"
        title="Anatomical structures, by mask"
        note={`every mask once, lesions under Lesion, ${unionNote}`}
        noun="structure"
        rows={facets.structure}
        all={ordered.structure}
        colorOf={regionColor}
      />
      <CountBarsChart
        {...common}
        name="organs"
        title="Organs"
        note={unionNote}
        noun="organ"
        rows={facets.organ}
        all={ordered.organ}
        initialScale="log"
        colorOf={organColor}
        picked={filter.organ}
        onPick={TOGGLE.organ}
        step={18}
      />
      <div>
        <LabelsChart
          {...common}
          rows={facets.label}
          all={all.facets.label}
          picked={filter.label}
          onPick={TOGGLE.label}
        />
        <MasksPerImageChart {...common} rows={facets.masks} all={all.facets.masks} />
      </div>
      <div className="min-w-0 xl:col-span-2">
        <SeenFirst>
          <CoverageMatrix filter={filter} unions={unions} />
        </SeenFirst>
        <CountBarsChart
          {...common}
          name="datasets"
          title="Source datasets"
          note={countOf(all.totals.datasets, 'dataset')}
          noun="dataset"
          rows={facets.dataset}
          all={ordered.dataset}
          initialScale="log"
          picked={filter.dataset}
          onPick={TOGGLE.dataset}
          step={16}
        />
      </div>
    </div>
  )
})

/** Unfiltered counts in the order of the bars: most images first, which no filter changes. */
function useOrdered(all: Counts) {
  return useMemo(() => {
    const sorted = (rows: readonly FacetCount[]) =>
      [...rows].sort((a, b) => b.images - a.images || (a.value < b.value ? -1 : 1))
    const { modality, datasetStructure, structure, organ, dataset } = all.facets
    return {
      modality: sorted(modality),
      datasetStructure: inStructureOrder(datasetStructure),
      structure: inStructureOrder(structure),
      organ: sorted(organ),
      dataset: sorted(dataset),
    }
  }, [all])
}

const STRUCTURE_ORDER = Object.keys(REGION_COLORS)

const inStructureOrder = (rows: readonly FacetCount[]) =>
  [...rows].sort((a, b) => STRUCTURE_ORDER.indexOf(a.value) - STRUCTURE_ORDER.indexOf(b.value))

const toggle = (name: ValueFacetName) => (value: string) =>
  updateFilter(filter => toggleValue(filter, name, value))
const TOGGLE = {
  modality: toggle('modality'),
  organ: toggle('organ'),
  label: toggle('label'),
  dataset: toggle('dataset'),
}
