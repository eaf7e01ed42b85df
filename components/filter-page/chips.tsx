'use client'

import { X } from 'lucide-react'
import { memo } from 'react'
import { FACETS, type FacetName, isRangeFacet } from '../../lib/filter/facets'
import {
  activeFacets,
  EMPTY_FILTER,
  type Filter,
  toggleExcluded,
  toggleValue,
  wantsAll,
  withoutFacet,
} from '../../lib/filter/filter'
import { filterWords } from '../facets/axis-names'
import { exactText, rangeText } from '../facets/range-text'
import { updateFilter } from '../use-filter'
import { leftOutByArea } from './left-out'

/** The filter as chips, one per value, each with a button that removes it. */
export const Chips = memo(function Chips({ filter }: { filter: Filter }) {
  const active = activeFacets(filter)
  if (active.length === 0) return <p className="text-muted">Showing the whole dataset</p>
  return (
    <ul aria-label="Active filter" className="flex flex-wrap items-center gap-1.5">
      {active.map(name => (
        <FacetChips key={name} name={name} filter={filter} />
      ))}
      <li>
        <button
          type="button"
          onClick={() => updateFilter(() => EMPTY_FILTER)}
          className="min-h-[24px] px-1 text-muted hover:text-text max-md:min-h-[36px]"
        >
          Clear all
        </button>
      </li>
    </ul>
  )
})

function FacetChips({ name, filter }: { name: FacetName; filter: Filter }) {
  const { title } = FACETS[name]
  if (isRangeFacet(name)) {
    const range = filter[name] ?? {}
    const text = `${title} ${rangeText(name, range)}`
    return (
      <li>
        <Chip
          text={name === 'area' ? [text, ...leftOutByArea(filter)].join(', ') : text}
          label={text}
          title={exactText(name, range)}
          without={f => withoutFacet(f, name)}
        />
      </li>
    )
  }
  const wanted = filter[name] ?? []
  const wordsOf = (value: string) => filterWords(filter, name, value)
  const excluded = (filter.not?.[name] ?? []).map(value => (
    <li key={`not ${value}`}>
      <Chip
        text={`${title}: not ${wordsOf(value).text}`}
        title={wordsOf(value).doc}
        without={f => toggleExcluded(f, name, value)}
      />
    </li>
  ))
  const without = (value: string) => (f: Filter) => toggleValue(f, name, value)
  if (wantsAll(filter, name))
    return (
      <>
        <li className="flex flex-wrap items-center gap-1 rounded-sm border border-line px-1.5">
          {title}, all of:
          {wanted.map((value, i) => (
            <span key={value} className="flex items-center gap-1">
              {i > 0 && 'and'}
              <Chip
                text={wordsOf(value).text}
                label={`${title}: ${wordsOf(value).text}`}
                without={without(value)}
              />
            </span>
          ))}
        </li>
        {excluded}
      </>
    )
  return (
    <>
      {wanted.map(value => (
        <li key={value}>
          <Chip
            text={`${title}: ${wordsOf(value).text}`}
            title={wordsOf(value).doc}
            without={without(value)}
          />
        </li>
      ))}
      {excluded}
    </>
  )
}

function Chip({
  text,
  label = text,
  title,
  without,
}: {
  text: string
  /** Name of what is removed, where the chip's text is not enough. */
  label?: string
  title?: string
  without: (filter: Filter) => Filter
}) {
  return (
    <button
      type="button"
      title={title}
      onClick={() => updateFilter(without)}
      aria-label={`Remove ${label}`}
      className="flex min-h-[24px] items-center gap-1 rounded-sm border border-line bg-raised px-1.5 text-left hover:border-muted max-md:min-h-[36px]"
    >
      {text}
      <X size={12} aria-hidden className="shrink-0" />
    </button>
  )
}
