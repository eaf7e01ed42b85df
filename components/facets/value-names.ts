import { NO_SIDE, UNASSIGNED, type ValueFacetName } from '../../lib/filter/facets'
import { flagOf, NO_FLAG } from '../../lib/manifest/flags'
import type { FixedAttribute, FixedValue } from '../../lib/manifest/image-attributes'

/** Every value that the format fixes has its words here. */
const FIXED_NAMES: {
  readonly [Name in FixedAttribute]: Readonly<Record<FixedValue<Name>, string>>
} = {
  axis: { x: 'x axis', y: 'y axis', z: 'z axis', '2d': '2D (no axis)' },
}

const NAMES: Readonly<Record<string, string>> = {
  'lesion 1': 'Lesions',
  'lesion 0': 'Other structures',
  'union 1': 'Unions of other masks',
  'union 0': 'Single masks',
  [`side ${NO_SIDE}`]: 'no side named',
  [`flag ${NO_FLAG}`]: 'Nothing known to be amiss',
  ...Object.fromEntries(
    Object.entries(FIXED_NAMES).flatMap(([facet, names]) =>
      Object.entries(names).map(([value, name]) => [`${facet} ${value}`, name]),
    ),
  ),
}

const flagTitle = (facet: ValueFacetName, value: string) =>
  facet === 'flag' ? flagOf(value)?.title : undefined

/** How a facet's value reads in the panel; most values are their own name. */
export const valueName = (facet: ValueFacetName, value: string): string =>
  NAMES[`${facet} ${value}`] ?? flagTitle(facet, value) ?? value

/** What has to be said beside a value: two facets of one tree have an "Unassigned". */
export const valueNote = (facet: ValueFacetName, value: string): string | undefined =>
  (facet === 'organ' || facet === 'region') && value === UNASSIGNED ? facet : undefined

const DOCS: Readonly<Record<string, string>> = {
  [`region ${UNASSIGNED}`]: 'Labels whose region is not known.',
  [`organ ${UNASSIGNED}`]: 'Labels of all regions that are of none of the organs.',
}

/** What a value means, in a sentence for those who point at it. */
export const valueDoc = (facet: ValueFacetName, value: string): string | undefined =>
  facet === 'flag' ? flagOf(value)?.doc : DOCS[`${facet} ${value}`]

const ON_CHIPS: Readonly<Record<string, string>> = {
  'lesion 1': 'yes',
  'lesion 0': 'no',
  'union 1': 'yes',
  'union 0': 'no',
  [`side ${NO_SIDE}`]: 'none named',
  [`flag ${NO_FLAG}`]: 'none',
}

/** How a value reads after its facet's title. */
export const chipName = (facet: ValueFacetName, value: string): string =>
  ON_CHIPS[`${facet} ${value}`] ?? flagTitle(facet, value) ?? value
