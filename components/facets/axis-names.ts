import { type AxisSummary, axisSummary } from '../../lib/axes/axis-summary'
import { VOLUME_AXES, WORD_OF_AXIS } from '../../lib/axes/axis-words'
import type { ValueFacetName } from '../../lib/filter/facets'
import type { Filter } from '../../lib/filter/filter'
import { AXES } from '../../lib/manifest/tables'
import { chipName, valueDoc, valueName, valueNote } from './value-names'

/** How a value of a facet is shown. */
export type ValueWords = AxisSummary

/** How values that need no datasets are shown. */
export const plainWords = (facet: ValueFacetName, value: string): ValueWords => ({
  text: valueName(facet, value),
  note: valueNote(facet, value),
  doc: valueDoc(facet, value),
})

/** How the values of the facet `axis` are shown for some datasets: "x · axial". */
export function axisWords(datasets: readonly string[]): (value: string) => ValueWords {
  const words = new Map<string, ValueWords>(
    AXES.map(axis => [
      axis,
      axis === '2d' ? plainWords('axis', axis) : axisSummary(axis, datasets),
    ]),
  )
  return value => words.get(value) ?? plainWords('axis', value)
}

/** A value of a filter after the title of its facet; an axis by the datasets that the filter names. */
export function filterWords(filter: Filter, facet: ValueFacetName, value: string): ValueWords {
  const axis = facet === 'axis' ? VOLUME_AXES.find(one => one === value) : undefined
  if (axis === undefined) return { text: chipName(facet, value) }
  if (filter.dataset) return axisSummary(axis, filter.dataset)
  return {
    text: `${axis} · ${WORD_OF_AXIS[axis]}`,
    doc: `All slices along ${axis}. They are ${WORD_OF_AXIS[axis]} where the dataset’s page says so.`,
  }
}
