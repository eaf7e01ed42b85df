'use client'

import { X } from 'lucide-react'
import { memo } from 'react'
import { FACETS, isRangeFacet } from '../../lib/filter/facets'
import {
  activeFacets,
  EMPTY_FILTER,
  type Filter,
  toggleExcluded,
  toggleValue,
  withoutFacet,
} from '../../lib/filter/filter'
import { updateFilter } from '../use-filter'

/** What the filter says, a chip a value, each to remove. */
export const Chips = memo(function Chips({ filter }: { filter: Filter }) {
  const chips = activeFacets(filter).flatMap(name => {
    const { title } = FACETS[name]
    if (isRangeFacet(name)) {
      const { min, max } = filter[name] ?? {}
      const text = `${title} ${min ?? ''}–${max ?? ''} ${FACETS[name].unit}`
      return [{ key: name, text, without: (f: Filter) => withoutFacet(f, name) }]
    }
    const chip = (value: string, not: boolean) => ({
      key: `${name} ${not} ${value}`,
      text: `${title}: ${not ? 'not ' : ''}${FLAGS[`${name} ${value}`] ?? value}`,
      without: (f: Filter) => (not ? toggleExcluded : toggleValue)(f, name, value),
    })
    return [
      ...(filter[name] ?? []).map(value => chip(value, false)),
      ...(filter.not?.[name] ?? []).map(value => chip(value, true)),
    ]
  })
  if (chips.length === 0)
    return <p className="text-muted">No filter: everything in the manifest is counted.</p>
  return (
    <ul aria-label="Active filter" className="flex flex-wrap items-center gap-1.5">
      {chips.map(({ key, text, without }) => (
        <li key={key}>
          <button
            type="button"
            onClick={() => updateFilter(without)}
            aria-label={`Remove ${text}`}
            className="flex items-center gap-1 rounded-sm border border-line bg-raised px-1.5 py-0.5 hover:border-muted"
          >
            {text}
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          onClick={() => updateFilter(() => EMPTY_FILTER)}
          className="px-1 text-muted hover:text-text"
        >
          Clear all
        </button>
      </li>
    </ul>
  )
})

const FLAGS: Readonly<Record<string, string>> = {
  'lesion 1': 'yes',
  'lesion 0': 'no',
  'union 1': 'yes',
  'union 0': 'no',
}
