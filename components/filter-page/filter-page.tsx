'use client'

import { type ReactNode, useMemo, useRef } from 'react'
import type { Counts } from '../../lib/counts/counts'
import { EMPTY_FILTER } from '../../lib/filter/filter'
import { ScrollerContext } from '../deferred/in-place'
import { FacetPanel } from '../facets/facet-panel'
import { FacetSheet } from '../facets/facet-sheet'
import { StatusBar } from '../layout/status-bar'
import { useStickyEdge } from '../layout/use-sticky-edge'
import { type CountsResult, useCounts } from '../use-counts'
import { type FilterState, useFilter } from '../use-filter'
import { Chips } from './chips'
import { EmptyNotice } from './empty-notice'
import { Headline } from './headline'
import { Problems } from './problems'
import { SubsetLink } from './subset-link'
import { useShown } from './use-shown'

export interface FilterPageProps {
  readonly state: FilterState
  readonly result: CountsResult
  /** Counts of everything; null until they are known. */
  readonly all: Counts | null
}

/** The frame of the pages that show a filter: facets, headline, chips and status bar. */
export function FilterPage({
  title,
  fill = false,
  children,
}: {
  title: string
  /** The content scrolls in the rest of the window; otherwise the page scrolls. */
  fill?: boolean
  children: (props: FilterPageProps) => ReactNode
}) {
  const wanted = useFilter()
  const result = useCounts(wanted.filter)
  const all = useCounts(EMPTY_FILTER).counts
  const state = useShown(wanted, result.current)
  const { filter } = state
  const { counts, pending, error } = result
  const isNothing = result.current && counts?.totals.images === 0
  const top = useRef<HTMLDivElement>(null)
  useStickyEdge(top, 'top')
  const aside = useRef<HTMLElement>(null)
  // The gallery changes the URL while it scrolls; the facets need not render for that.
  const panel = useMemo(
    () => <FacetPanel state={state} counts={counts} all={all} pending={pending} />,
    [state, counts, all, pending],
  )
  return (
    <>
      <div data-fill={fill || undefined} className="flex min-h-0 grow">
        <aside
          ref={aside}
          aria-label="Facets"
          className={`w-[280px] shrink-0 overflow-y-auto border-r border-line px-4 py-3 max-md:hidden ${fill ? 'relative' : 'sticky top-0 h-[calc(100dvh-2rem)]'}`}
        >
          <ScrollerContext value={aside}>{panel}</ScrollerContext>
        </aside>
        <main
          data-current={result.current}
          className={`min-w-0 grow px-4 md:px-6 ${fill ? 'flex flex-col' : 'pb-8'}`}
        >
          <h1 className="sr-only">{title}</h1>
          <div
            ref={top}
            className={`flex flex-col gap-2 border-b border-line bg-background py-3 ${fill ? '' : 'sticky top-0 z-10 max-md:static'}`}
          >
            <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
              <Headline result={result} />
              <SubsetLink filter={filter} />
            </div>
            <div className="flex flex-wrap items-center gap-2">
              <FacetSheet>{panel}</FacetSheet>
              <Chips filter={filter} />
            </div>
            {isNothing && <EmptyNotice filter={filter} />}
            <Problems problems={state.problems} error={error} />
          </div>
          {children({ state, result, all })}
        </main>
      </div>
      <StatusBar result={result} />
    </>
  )
}
