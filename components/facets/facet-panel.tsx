'use client'

import { FACETS, type RangeFacetName, type ValueFacetName } from '../../lib/filter/facets'
import type { FacetCount } from '../../lib/manifest/manifest'
import type { Counts } from '../../lib/queries/counts'
import { type FilterState, updateUnions } from '../use-filter'
import { RangeFacet } from './range-facet'
import { ValueFacet } from './value-facet'

/** The facets of the overview, in the order a reader narrows down. */
const SHOWN = [
  'modality',
  'submodality',
  'region',
  'organ',
  'label',
  'lesion',
  'dataset',
  'axis',
] as const satisfies readonly ValueFacetName[]

const RANGES = ['width', 'height', 'masks', 'area'] as const satisfies readonly RangeFacetName[]

const NAMES: Partial<Record<ValueFacetName, (value: string) => string>> = {
  lesion: value => (value === '1' ? 'Lesions' : 'Other structures'),
  axis: value => (value === '2d' ? '2D (no axis)' : `${value} axis`),
}

// The same every time, so that a facet without values is not drawn again.
const NONE: readonly FacetCount[] = []
const NO_VALUES: readonly string[] = []

export function FacetPanel({
  state: { filter, unions },
  counts,
  all,
  pending,
}: {
  state: FilterState
  counts: Counts | null
  all: Counts | null
  pending: boolean
}) {
  return (
    <div>
      <p className="pb-2 text-[11px] text-muted">
        Images under all other facets. Several values of one facet: any of them. The circle leaves a
        value out.
      </p>
      {SHOWN.map(name => (
        <ValueFacet
          key={name}
          name={name}
          title={FACETS[name].title}
          rows={(counts ?? all)?.facets[name] ?? NONE}
          all={all?.facets[name] ?? NONE}
          picked={filter[name] ?? NO_VALUES}
          excluded={filter.not?.[name] ?? NO_VALUES}
          pending={pending}
          nameOf={NAMES[name]}
        />
      ))}
      {RANGES.map(name => (
        <RangeFacet key={name} name={name} range={filter[name]} />
      ))}
      <label className="flex items-start gap-1.5 border-t border-line py-2">
        <input
          type="checkbox"
          checked={unions}
          onChange={event => updateUnions(event.target.checked)}
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
