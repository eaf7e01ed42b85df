'use client'

import { FACETS, type ValueFacetName } from '../../lib/filter/facets'
import { toggleValue } from '../../lib/filter/filter'
import type { Counts } from '../../lib/queries/counts'
import type { CountsResult } from '../use-counts'
import type { FilterState } from '../use-filter'
import { ValueFacet } from './value-facet'

/** The facets of the overview, in the order a reader narrows down. */
const SHOWN = [
  'modality',
  'region',
  'organ',
  'label',
  'lesion',
  'dataset',
  'axis',
] as const satisfies readonly ValueFacetName[]

const NAMES: Partial<Record<ValueFacetName, (value: string) => string>> = {
  lesion: value => (value === '1' ? 'Lesions' : 'Other structures'),
  axis: value => (value === '2d' ? '2D (no axis)' : `${value} axis`),
}

export function FacetPanel({
  state,
  result,
  all,
}: {
  state: FilterState
  result: CountsResult
  all: Counts | null
}) {
  const { filter, setFilter, unions, setUnions } = state
  return (
    <div>
      <p className="pb-2 text-[11px] text-muted">
        Images under all other facets. Several values of one facet: any of them.
      </p>
      {SHOWN.map(name => (
        <ValueFacet
          key={name}
          name={name}
          title={FACETS[name].title}
          rows={(result.counts ?? all)?.facets[name] ?? []}
          all={all?.facets[name] ?? []}
          picked={filter[name] ?? []}
          pending={result.pending}
          nameOf={NAMES[name]}
          onToggle={value => setFilter(toggleValue(filter, name, value))}
        />
      ))}
      <label className="flex items-start gap-1.5 border-t border-line py-2">
        <input
          type="checkbox"
          checked={unions}
          onChange={event => setUnions(event.target.checked)}
          className="mt-0.5 accent-data"
        />
        <span>
          Count union masks in region, organ and label counts
          <span className="block text-[11px] text-muted">
            They repeat pixels of other masks. Totals always include them.
          </span>
        </span>
      </label>
    </div>
  )
}
