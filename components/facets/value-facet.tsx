'use client'

import { memo, useId, useState } from 'react'
import type { ValueFacetName } from '../../lib/filter/facets'
import { toggleValue } from '../../lib/filter/filter'
import { countOf, formatCount } from '../../lib/format'
import type { FacetCount } from '../../lib/manifest/manifest'
import { updateFilter } from '../use-filter'

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
  readonly pending: boolean
  /** How a value reads where it is not its own name. */
  readonly nameOf?: (value: string) => string
}

/** One facet: its values with crossfiltered image counts, to tick. */
export const ValueFacet = memo(function ValueFacet(props: ValueFacetProps) {
  const { name, title, rows, all, picked, pending, nameOf = same } = props
  const [search, setSearch] = useState('')
  const [whole, setWhole] = useState(false)
  const id = useId()
  const found = new Map(rows.map(row => [row.value, row]))
  const needle = search.trim().toLowerCase()
  const matching = [...all]
    .sort((a, b) => b.images - a.images)
    .filter(({ value }) => picked.includes(value) || (found.get(value)?.images ?? 0) > 0)
    .filter(({ value }) => nameOf(value).toLowerCase().includes(needle))
  const isLong = matching.length > FIRST + 2
  const shown = whole || !isLong ? matching : matching.slice(0, FIRST)
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
            onToggle={() => updateFilter(filter => toggleValue(filter, name, value))}
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

function FacetRow({
  text,
  count,
  max,
  checked,
  onToggle,
}: {
  text: string
  count: FacetCount
  max: number
  checked: boolean
  onToggle: () => void
}) {
  const full = `${text}: ${countOf(count.images, 'image')}, ${countOf(count.masks, 'mask')}`
  return (
    <li>
      <label
        title={full}
        className="relative flex min-h-6 items-center gap-1.5 rounded-sm px-1 hover:bg-raised has-checked:font-semibold max-md:min-h-9"
      >
        <span
          aria-hidden="true"
          className="absolute bottom-0 left-6 h-0.5 bg-data"
          style={{ width: `calc(${(100 * count.images) / max}% * 0.86)` }}
        />
        <input
          type="checkbox"
          checked={checked}
          onChange={onToggle}
          aria-label={full}
          className="accent-data"
        />
        <span className="grow truncate">{text}</span>
        <span className="shrink-0 text-muted" data-value={count.images}>
          {formatCount(count.images)}
        </span>
      </label>
    </li>
  )
}
