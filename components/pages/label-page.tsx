'use client'

import { datasetPath, overviewPath } from '../../lib/catalog/paths'
import type { LabelRow } from '../../lib/filter/dimensions'
import { useEngine } from '../engine-provider'
import { StatusBar } from '../layout/status-bar'
import { Problems } from '../overview/problems'
import { LabelFacts } from './label-facts'
import { LinkedCounts } from './linked-counts'
import { NameCharts } from './name-charts'
import { NameHeader } from './name-header'
import { useNameCounts } from './use-name-counts'

const axisName = (axis: string) => (axis === '2d' ? '2D (no axis)' : `${axis} axis`)

/** Everything about one label name. */
export function LabelPage({ name, meanings }: { name: string; meanings: readonly LabelRow[] }) {
  const { summary } = useEngine().manifest
  // A page about a union label has nothing to count without its masks.
  const unions = meanings.some(meaning => meaning.is_union)
  const { filter, all, result, status } = useNameCounts('label', name, unions)
  const { counts, pending, error } = result
  // The summary leaves union masks out, so it does not have all masks of such a label.
  const row = unions ? undefined : summary.facets.label?.find(({ value }) => value === name)
  const total = counts?.totals.images ?? row?.images ?? 0
  const facets = counts?.facets
  return (
    <>
      <main data-current={result.current} className="min-w-0 grow px-4 pb-8 md:px-6">
        <NameHeader kind="Label" name={name} filter={filter} result={result} summary={row} />
        <Problems problems={[]} error={error} />
        <div className="py-3">
          <LabelFacts meanings={meanings} />
        </div>
        <div className="grid grid-cols-1 gap-x-8 xl:grid-cols-2">
          <div className="min-w-0">
            <LinkedCounts
              id="page-datasets"
              title="Datasets that carry it"
              noun="dataset"
              rows={facets?.dataset ?? null}
              total={total}
              pathOf={datasetPath}
            />
            <LinkedCounts
              id="page-submodalities"
              title="Sub-modalities"
              noun="prefix of the file names"
              rows={facets?.submodality ?? null}
              total={total}
              pathOf={submodality => overviewPath({ label: name, submodality })}
            />
            <LinkedCounts
              id="page-axes"
              title="Axes"
              noun="axis of the cut"
              rows={facets?.axis ?? null}
              total={total}
              pathOf={axis => overviewPath({ label: name, axis })}
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
                unions={unions}
              />
            )}
          </div>
        </div>
      </main>
      <StatusBar result={status} />
    </>
  )
}
