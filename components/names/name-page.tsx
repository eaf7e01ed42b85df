'use client'

import type { ReactNode } from 'react'
import { overviewPath } from '../../lib/catalog/paths'
import { chartLabels } from '../../lib/counts/chart-labels'
import type { Counts } from '../../lib/counts/counts'
import { selectedDatasets } from '../../lib/counts/selected-datasets'
import type { Filter } from '../../lib/filter/filter'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { NameExtent } from '../../lib/queries/name-extents'
import { CasesProvider } from '../charts/cases-source'
import { useEngine } from '../engine-provider'
import { axisWords, type ValueWords } from '../facets/axis-names'
import { MergedNote } from '../facets/merged-note'
import { Problems } from '../filter-page/problems'
import { StatusBar } from '../layout/status-bar'
import { LinkedCounts } from './linked-counts'
import { NameCharts } from './name-charts'
import { NameAreas, NameSizes } from './name-distributions'
import { NameHeader } from './name-header'
import { useNameCounts } from './use-name-counts'

export interface NamePageProps {
  readonly facet: 'dataset' | 'label'
  readonly name: string
  /** Number of rows of tables and charts; null if there is nothing to count. */
  readonly extent: NameExtent | null
  /** What is known of the name beside its counts. */
  readonly facts: ReactNode
  /** Content at the end of the page, given the number of images of the name. */
  readonly last?: (images: number) => ReactNode
  /** The first table: the values of the other facet, each linked to its page. */
  readonly others: {
    readonly facet: 'dataset' | 'label'
    readonly title: string
    readonly note?: string
    readonly pathOf: (value: string) => string
  }
}

/** The frame of a page about one dataset or one label. */
export function NamePage({ facet, name, extent, facts, last, others }: NamePageProps) {
  const { summary } = useEngine().manifest
  const { filter, all, result, status, failure } = useNameCounts(facet, name)
  const { counts } = result
  const row = summary.facets[facet]?.find(({ value }) => value === name)
  const datasets = selectedDatasets(filter, counts?.facets.dataset ?? [])
  const axes = axisWords(facet === 'dataset' ? [name] : datasets)
  const common = { total: counts?.totals.images ?? row?.images ?? 0, failure }
  const charted = { filter, counts, all, pending: result.pending, error: failure }
  return (
    <>
      <main data-current={result.current} className="min-w-0 grow px-4 pb-8 md:px-6">
        <NameHeader facet={facet} name={name} filter={filter} result={result} summary={row} />
        <Problems problems={[]} error={result.error} />
        <div className="py-3">{facts}</div>
        <MergedNote filter={filter} />
        <CasesProvider filter={filter}>
          <div className="grid grid-cols-1 gap-x-8 xl:grid-cols-2">
            <div className="min-w-0">
              <LinkedCounts
                {...common}
                id={`page-${others.facet}s`}
                title={others.title}
                note={others.note}
                noun={others.facet}
                rows={counts && rowsOf(counts, others.facet, filter)}
                reserved={extent?.[`${others.facet}s`] ?? 0}
                pathOf={others.pathOf}
              />
              <LinkedCounts
                {...common}
                id="page-submodalities"
                title="Sub-modalities"
                noun="prefix of the file names"
                rows={counts?.facets.submodality ?? null}
                reserved={extent?.submodalities ?? 0}
                pathOf={submodality => overviewPath({ [facet]: name, submodality })}
              />
              <LinkedCounts
                {...common}
                id="page-axes"
                title="Axes"
                note={axesNote(counts?.facets.axis ?? [], axes)}
                noun="axis of the cut"
                rows={counts?.facets.axis ?? null}
                reserved={extent?.axes ?? 0}
                pathOf={axis => overviewPath({ [facet]: name, axis })}
                nameOf={axis => nameWithNote(axes(axis))}
              />
              <NameSizes {...charted} />
            </div>
            <div className="min-w-0">
              <NameCharts {...charted} extent={extent} />
              <NameAreas {...charted} />
              {last?.(common.total)}
            </div>
          </div>
        </CasesProvider>
      </main>
      <StatusBar result={status} />
    </>
  )
}

const nameWithNote = ({ text, note }: ValueWords) => (note ? `${text} (${note})` : text)

/** Said where slices have no plane at all. */
function axesNote(
  rows: readonly FacetCount[],
  axes: (axis: string) => ValueWords,
): string | undefined {
  const volume = rows.filter(({ value }) => value !== '2d')
  const isUnknown = volume.length > 0 && volume.every(({ value }) => axes(value).text === value)
  return isUnknown ? 'planes not known' : undefined
}

/** The page of a dataset lists the labels that are counted on it. */
const rowsOf = ({ facets }: Counts, facet: 'dataset' | 'label', filter: Filter) =>
  facet === 'label' ? chartLabels(facets.label, filter) : facets.dataset
