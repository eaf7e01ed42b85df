'use client'

import { useCallback, useMemo } from 'react'
import { DATA_COLOR, MODALITY_COLORS, REGION_COLORS } from '../../lib/charts/colors'
import type { ValueFacetName } from '../../lib/filter/facets'
import { countOf } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { Counts } from '../../lib/queries/counts'
import { ORGANS } from '../../lib/taxonomy/organs'
import { CountBarsChart } from '../charts/count-bars-chart'
import { LabelsChart } from '../charts/labels-chart'
import { MasksPerImageChart } from '../charts/masks-per-image-chart'
import type { CountsResult } from '../use-counts'
import type { FilterState } from '../use-filter'

const regionColor = (region: string) => REGION_COLORS[region] ?? DATA_COLOR
const modalityColor = (modality: string) => MODALITY_COLORS[modality] ?? DATA_COLOR
const REGION_OF = new Map(ORGANS.map(({ organ, region }) => [organ, region]))
const organColor = (organ: string) => regionColor(REGION_OF.get(organ) ?? 'Unassigned')

/** The charts of the overview, two columns where there is room. */
export function OverviewCharts({
  state: { filter, unions },
  result,
  all,
  onToggle,
}: {
  state: FilterState
  result: CountsResult
  all: Counts
  onToggle: (name: ValueFacetName, value: string) => void
}) {
  const { facets } = result.counts ?? all
  const ordered = useOrdered(all)
  const toggle = useToggles(onToggle)
  const common = { pending: result.pending, error: result.error }
  const unionNote = unions ? 'union masks included' : 'without union masks'
  return (
    <div className="grid grid-cols-1 gap-x-8 pt-3 xl:grid-cols-2">
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
        onPick={toggle.modality}
      />
      <MasksPerImageChart {...common} rows={facets.masks} all={all.facets.masks} />
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
        onPick={toggle.organ}
        step={18}
      />
      <LabelsChart
        {...common}
        rows={facets.label}
        all={all.facets.label}
        picked={filter.label}
        onPick={toggle.label}
      />
      <div className="xl:col-span-2">
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
          onPick={toggle.dataset}
          step={16}
        />
      </div>
    </div>
  )
}

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

function useToggles(onToggle: (name: ValueFacetName, value: string) => void) {
  return {
    modality: useCallback((value: string) => onToggle('modality', value), [onToggle]),
    organ: useCallback((value: string) => onToggle('organ', value), [onToggle]),
    label: useCallback((value: string) => onToggle('label', value), [onToggle]),
    dataset: useCallback((value: string) => onToggle('dataset', value), [onToggle]),
  }
}
