'use client'

import { memo, useMemo, useState } from 'react'
import { isAllFacet, type ValueFacetName } from '../../lib/filter/facets'
import { type Filter, wantsAll } from '../../lib/filter/filter'
import { AnyAll } from './any-all'
import { FacetHead } from './facet-head'
import type { Order } from './facet-order'
import { FacetSearch } from './facet-search'
import type { FacetNode } from './facet-tree'
import { orderTree } from './order-tree'
import { noneShown, searchWords } from './search-words'
import { shownTree } from './shown-tree'
import { counter, largest, type TreeCounts } from './tree-counts'
import { moveInTree } from './tree-keys'
import { TreeLevel } from './tree-level'
import { useOpened } from './use-opened'

export interface TreeFacetProps {
  /** The facets, from the widest to the narrowest. */
  readonly names: readonly ValueFacetName[]
  readonly title: string
  /** What the search finds, in words. */
  readonly searched: string
  /** What the second level contains, in words. */
  readonly inside: string
  readonly nodes: readonly FacetNode[]
  /** Counts under all other facets. */
  readonly counts: TreeCounts
  /** Unfiltered counts, for the order and the full length of the bars. */
  readonly all: TreeCounts
  readonly filter: Filter
  readonly pending: boolean
}

/** Nested facets as one tree of values to tick. */
export const TreeFacet = memo(function TreeFacet(props: TreeFacetProps) {
  const { names, title, searched, inside, nodes, counts, all, filter, pending } = props
  const [order, setOrder] = useState<Order>('count')
  const { text, onText, opened, onFold, foldAll } = useOpened()
  const sorted = useMemo(
    () => orderTree(nodes, order, counter(names, all)),
    [names, nodes, order, all],
  )
  const max = useMemo(() => largest(names, all), [names, all])
  const countOf = useMemo(() => counter(names, counts), [names, counts])
  const shown = useMemo(
    () =>
      shownTree(sorted, {
        countOf,
        isChosen: ({ facet, value }) =>
          (filter[facet]?.includes(value) || filter.not?.[facet]?.includes(value)) ?? false,
        words: searchWords(text),
        opened,
      }),
    [sorted, countOf, filter, text, opened],
  )
  const canFold = shown.some(({ fold }) => fold !== 'leaf')
  const isAllOpen = canFold && !shown.some(({ fold }) => fold === 'closed')
  const asked = names
    .filter(isAllFacet)
    .filter(name => wantsAll(filter, name) || (filter[name]?.length ?? 0) > 1)
  const content = (
    <>
      <FacetHead title={title} order={order} onOrder={setOrder} />
      <FacetSearch what={searched} text={text} onText={onText} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys only go between rows */}
      <div onKeyDown={moveInTree} aria-busy={pending} className={pending ? 'opacity-50' : ''}>
        <TreeLevel nodes={shown} filter={filter} max={max} depth={0} onFold={onFold} />
      </div>
      {shown.length === 0 && <p className="text-muted">{noneShown(text)}</p>}
      <button
        type="button"
        disabled={!canFold}
        aria-expanded={isAllOpen}
        onClick={() =>
          foldAll(
            sorted.map(({ key }) => key),
            !isAllOpen,
          )
        }
        className="min-h-[24px] text-[11px] text-muted hover:text-text max-md:min-h-[36px]"
      >
        {isAllOpen ? 'Hide' : 'Show'} all {inside}
      </button>
      {asked.length > 0 && (
        // Below the values, because above them it would move the values under the pointer.
        <div className="sticky bottom-0 border-t border-line bg-background">
          {asked.map(name => (
            <AnyAll key={name} name={name} all={wantsAll(filter, name)} />
          ))}
        </div>
      )}
    </>
  )
  return (
    <section aria-label={`Filter by ${title.toLowerCase()}`} className="border-t border-line py-2">
      {names.reduceRight(
        (inner, name) => (
          <div key={name} data-testid={`facet-${name}`}>
            {inner}
          </div>
        ),
        content,
      )}
    </section>
  )
})
