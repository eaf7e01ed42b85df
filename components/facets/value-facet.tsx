'use client'

import { memo, useId, useState } from 'react'
import type { ValueFacetName } from '../../lib/filter/facets'
import { toggleExcluded, toggleValue } from '../../lib/filter/filter'
import { formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { updateFilter } from '../use-filter'
import { FacetRow } from './facet-row'

/** Values shown before "Show all"; short lists are shown whole. */
const FIRST = 10
const SEARCHABLE_FROM = 13

export interface ValueFacetProps {
  readonly name: ValueFacetName
  readonly title: string
  /** Counts under all other facets. */
  readonly rows: readonly FacetCount[]
  /** Unfiltered counts: they give the order and the length of the bars. */
  readonly all: readonly FacetCount[]
  readonly picked: readonly string[]
  readonly excluded: readonly string[]
  readonly pending: boolean
  /** How a value reads where it is not its own name. */
  readonly nameOf?: (value: string) => string
}

/** One facet: its values with crossfiltered image counts, to tick. */
export const ValueFacet = memo(function ValueFacet(props: ValueFacetProps) {
  const { name, title, rows, all, picked, excluded, pending, nameOf = same } = props
  const [search, setSearch] = useState('')
  const [whole, setWhole] = useState(false)
  const id = useId()
  const found = new Map(rows.map(row => [row.value, row]))
  const isChosen = (value: string) => picked.includes(value) || excluded.includes(value)
  const needle = search.trim().toLowerCase()
  const matching = [...all]
    .sort((a, b) => b.images - a.images)
    .filter(({ value }) => isChosen(value) || (found.get(value)?.images ?? 0) > 0)
    .filter(({ value }) => nameOf(value).toLowerCase().includes(needle))
  const isLong = matching.length > FIRST + 2
  // What is chosen is never behind "Show all".
  const shown =
    whole || !isLong ? matching : matching.filter((row, i) => i < FIRST || isChosen(row.value))
  const max = all.reduce((n, row) => Math.max(n, row.images), 1)
  return (
    <section
      data-testid={`facet-${name}`}
      aria-labelledby={id}
      className="border-t border-line py-2"
    >
      <h3 id={id} className="mb-1 flex items-baseline font-semibold">
        {title}
        <span className="ml-auto text-[11px] font-normal text-muted">
          {formatCount(matching.length)} of {formatCount(all.length)}
        </span>
      </h3>
      {all.length >= SEARCHABLE_FROM && (
        <input
          type="search"
          value={search}
          onChange={event => setSearch(event.target.value)}
          placeholder={`Search ${title.toLowerCase()}`}
          aria-label={`Search ${title.toLowerCase()}`}
          className="mb-1 w-full rounded-sm border border-line bg-background px-1.5 py-0.5"
        />
      )}
      <ul className={`${whole ? 'max-h-80 overflow-y-auto' : ''} ${pending ? 'opacity-50' : ''}`}>
        {shown.map(({ value }) => (
          <FacetRow
            key={value}
            text={nameOf(value)}
            count={found.get(value) ?? { value, images: 0, masks: 0 }}
            max={max}
            checked={picked.includes(value)}
            excluded={excluded.includes(value)}
            onToggle={() => updateFilter(filter => toggleValue(filter, name, value))}
            onExclude={() => updateFilter(filter => toggleExcluded(filter, name, value))}
          />
        ))}
      </ul>
      {matching.length === 0 && <p className="text-muted">No value matches.</p>}
      {isLong && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mt-1 text-[11px] text-muted hover:text-text"
        >
          {whole ? 'Show fewer' : `Show all ${formatCount(matching.length)}`}
        </button>
      )}
    </section>
  )
})

const same = (value: string) => value
