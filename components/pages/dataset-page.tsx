'use client'

import { labelPath, overviewPath } from '../../lib/catalog/paths'
import { useEngine } from '../engine-provider'
import { StatusBar } from '../layout/status-bar'
import { Problems } from '../overview/problems'
import { DatasetFacts } from './dataset-facts'
import { DatasetNotes } from './dataset-notes'
import { LinkedCounts } from './linked-counts'
import { NameCharts } from './name-charts'
import { NameHeader } from './name-header'
import { useNameCounts } from './use-name-counts'

const axisName = (axis: string) => (axis === '2d' ? '2D (no axis)' : `${axis} axis`)

/** Everything about one source dataset. */
export function DatasetPage({ name }: { name: string }) {
  const { summary } = useEngine().manifest
  const { filter, all, result, status } = useNameCounts('dataset', name, false)
  const { counts, pending, error } = result
  const row = summary.facets.dataset?.find(({ value }) => value === name)
  const total = counts?.totals.images ?? row?.images ?? 0
  const facets = counts?.facets
  return (
    <>
      <main data-current={result.current} className="min-w-0 grow px-4 pb-8 md:px-6">
        <NameHeader kind="Dataset" name={name} filter={filter} result={result} summary={row} />
        <Problems problems={[]} error={error} />
        <div className="grid gap-x-8 gap-y-4 py-3 md:grid-cols-2 xl:grid-cols-3">
          <DatasetFacts name={name} />
          <DatasetNotes name={name} />
        </div>
        <div className="grid grid-cols-1 gap-x-8 xl:grid-cols-2">
          <div className="min-w-0">
            <LinkedCounts
              id="page-labels"
              title="Labels"
              note="without union masks"
              noun="label"
              rows={facets?.label ?? null}
              total={total}
              pathOf={labelPath}
            />
            <LinkedCounts
              id="page-submodalities"
              title="Sub-modalities"
              noun="prefix of the file names"
              rows={facets?.submodality ?? null}
              total={total}
              pathOf={submodality => overviewPath({ dataset: name, submodality })}
            />
            <LinkedCounts
              id="page-axes"
              title="Axes"
              noun="axis of the cut"
              rows={facets?.axis ?? null}
              total={total}
              pathOf={axis => overviewPath({ dataset: name, axis })}
              nameOf={axisName}
            />
          </div>
          <div className="min-w-0">
            {counts && all && (
              <NameCharts
                filter={filter}
                counts={counts}
                all={all}
                pending={pending}
                error={error}
                unions={false}
              />
            )}
          </div>
        </div>
      </main>
      <StatusBar result={status} />
    </>
  )
}
