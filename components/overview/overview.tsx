'use client'

import { useMemo, useRef } from 'react'
import { EMPTY_FILTER } from '../../lib/filter/filter'
import { knownValues } from '../../lib/filter/selection'
import { useEngine } from '../engine-provider'
import { FacetPanel } from '../facets/facet-panel'
import { FacetSheet } from '../facets/facet-sheet'
import { StatusBar } from '../layout/status-bar'
import { useStickyEdge } from '../layout/use-sticky-edge'
import { useCounts } from '../use-counts'
import { type FilterState, useFilter } from '../use-filter'
import { Chips } from './chips'
import { EmptyNotice } from './empty-notice'
import { Headline } from './headline'
import { OverviewCharts } from './overview-charts'
import { Problems } from './problems'

/** The whole overview for the filter in the URL. */
export function Overview() {
  const state = useKnownFilter()
  const { filter, unions } = state
  const result = useCounts(filter, unions)
  const all = useCounts(EMPTY_FILTER, unions).counts
  const { counts, pending, error } = result
  const isNothing = result.current && counts?.totals.images === 0
  const top = useRef<HTMLDivElement>(null)
  useStickyEdge(top, 'top')
  const panel = <FacetPanel state={state} counts={counts} all={all} pending={pending} />
  return (
    <>
      <div className="flex grow">
        <aside
          aria-label="Facets"
          className="sticky top-0 h-[calc(100dvh-2rem)] w-[280px] shrink-0 overflow-y-auto border-r border-line px-4 py-3 max-md:hidden"
        >
          {panel}
        </aside>
        <main data-current={result.current} className="min-w-0 grow px-4 pb-8 md:px-6">
          <h1 className="sr-only">Overview</h1>
          <div
            ref={top}
            className="sticky top-0 z-10 flex flex-col gap-2 border-b border-line bg-background py-3 max-md:static"
          >
            <Headline result={result} />
            <div className="flex flex-wrap items-center gap-2">
              <FacetSheet>{panel}</FacetSheet>
              <Chips filter={filter} />
            </div>
            {isNothing && <EmptyNotice filter={filter} counts={counts} />}
            <Problems problems={state.problems} error={error} />
          </div>
          {all && (
            <OverviewCharts
              filter={filter}
              unions={unions}
              counts={counts ?? all}
              all={all}
              pending={pending}
              error={error}
            />
          )}
        </main>
      </div>
      <StatusBar result={result} />
    </>
  )
}

/** The URL's filter without the values that this manifest lacks; they are named as problems. */
function useKnownFilter(): FilterState {
  const state = useFilter()
  const dimensions = useEngine().cube?.dimensions
  return useMemo(() => {
    if (!dimensions) return state
    const { filter, problems } = knownValues(state.filter, dimensions)
    return problems.length === 0
      ? state
      : { ...state, filter, problems: [...state.problems, ...problems] }
  }, [state, dimensions])
}
