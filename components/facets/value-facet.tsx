'use client'

import { memo, useMemo, useState } from 'react'
import type { ValueFacetName } from '../../lib/filter/facets'
import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { plainWords, type ValueWords } from './axis-names'
import { FacetHead } from './facet-head'
import { inOrder, type Order } from './facet-order'
import { FacetRow } from './facet-row'
import { FacetSearch } from './facet-search'
import { hasWords, noneShown, searchWords } from './search-words'

/** Values shown before "Show all"; a slightly longer list is shown completely. */
const FIRST = 10
const SEARCHABLE_FROM = 6
const SORTABLE_FROM = 3

export interface ValueFacetProps {
  readonly name: ValueFacetName
  readonly title: string
  /** Counts under all other facets. */
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts, for the order and the full length of the bars. */
  readonly all: readonly FacetCount[]
  readonly picked: readonly string[]
  readonly excluded: readonly string[]
  readonly pending: boolean
  /** How values are shown, if not by themselves. */
  readonly wordsOf?: (value: string) => ValueWords
}

/** One facet: its values to tick, with image counts under all other facets. */
export const ValueFacet = memo(function ValueFacet(props: ValueFacetProps) {
  const { name, title, rows, all, picked, excluded, pending, wordsOf } = props
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('count')
  const [whole, setWhole] = useState(false)
  const sorted = useMemo(() => inOrder(all, order), [all, order])
  const max = useMemo(() => all.reduce((n, row) => Math.max(n, row.images), 1), [all])
  const found = useMemo(() => new Map(rows.map(row => [row.value, row])), [rows])
  const isChosen = (value: string) => picked.includes(value) || excluded.includes(value)
  const words = searchWords(search)
  const matching = sorted.filter(
    ({ value }) =>
      // A search also finds values without images.
      (words.length > 0 || isChosen(value) || (found.get(value)?.images ?? 0) > 0) &&
      hasWords((wordsOf?.(value) ?? plainWords(name, value)).text, words),
  )
  const isLong = matching.length > FIRST + 2
  // Chosen values are always shown.
  const shown =
    whole || !isLong ? matching : matching.filter((row, i) => i < FIRST || isChosen(row.value))
  return (
    <section
      data-testid={`facet-${name}`}
      aria-label={`Filter by ${title.toLowerCase()}`}
      className="border-t border-line py-2"
    >
      <FacetHead
        title={title}
        order={all.length >= SORTABLE_FROM ? order : undefined}
        onOrder={setOrder}
      >
        {formatCount(matching.length)} of {formatCount(all.length)}
      </FacetHead>
      {all.length >= SEARCHABLE_FROM && (
        <FacetSearch what={title.toLowerCase()} text={search} onText={setSearch} />
      )}
      <ul
        aria-busy={pending}
        className={`${whole ? 'max-h-80 overflow-y-auto' : ''} ${pending ? 'opacity-50' : ''}`}
      >
        {shown.map(({ value }) => (
          <li key={value}>
            <FacetRow
              facet={name}
              value={value}
              words={wordsOf?.(value)}
              images={found.get(value)?.images ?? 0}
              masks={found.get(value)?.masks ?? 0}
              max={max}
              checked={picked.includes(value)}
              excluded={excluded.includes(value)}
            />
          </li>
        ))}
      </ul>
      {matching.length === 0 && <p className="text-muted">{noneShown(search)}</p>}
      {isLong && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mt-1 min-h-[24px] text-[11px] text-muted hover:text-text max-md:min-h-[36px]"
        >
          {whole ? 'Show fewer' : `Show all ${formatCount(matching.length)}`}
        </button>
      )}
    </section>
  )
})
