'use client'

import type { ValueFacetName } from '../../lib/filter/facets'
import { type Filter, toggleValue } from '../../lib/filter/filter'
import { updateFilter } from '../use-filter'

const toggle = (name: ValueFacetName) => (value: string) => {
  updateFilter(filter => toggleValue(filter, name, value))
}
const TOGGLE = {
  modality: toggle('modality'),
  organ: toggle('organ'),
  label: toggle('label'),
  dataset: toggle('dataset'),
}

/** The values of a facet that its chart highlights, and what a click on a value does. */
export const facetMarks = (filter: Filter, name: keyof typeof TOGGLE) => ({
  picked: filter[name],
  excluded: filter.not?.[name],
  onPick: TOGGLE[name],
})
