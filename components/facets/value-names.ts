import { NO_SIDE, UNASSIGNED, type ValueFacetName } from '../../lib/filter/facets'
import { flagOf, NO_FLAG } from '../../lib/manifest/flags'
import type { FixedAttribute, FixedValue } from '../../lib/manifest/image-attributes'

/** Names of the values that the format fixes; types require one for every value. */
const FIXED_NAMES: {
  readonly [Name in FixedAttribute]: Readonly<Record<FixedValue<Name>, string>>
} = {
  axis: { x: 'x axis', y: 'y axis', z: 'z axis', '2d': '2D (no axis)' },
}

const NAMES: Readonly<Record<string, string>> = {
  'lesion 1': 'Lesions',
  'lesion 0': 'Non-lesion',
  'union 1': 'Merged masks',
  'union 0': 'Individual masks',
  [`side ${NO_SIDE}`]: 'side not given',
  [`flag ${NO_FLAG}`]: 'No known issues',
  ...Object.fromEntries(
    Object.entries(FIXED_NAMES).flatMap(([facet, names]) =>
      Object.entries(names).map(([value, name]) => [`${facet} ${value}`, name]),
    ),
  ),
}

const flagTitle = (facet: ValueFacetName, value: string) =>
  facet === 'flag' ? flagOf(value)?.title : undefined

/** Name of a facet's value in the panel; most values are shown as they are. */
export const valueName = (facet: ValueFacetName, value: string): string =>
  NAMES[`${facet} ${value}`] ?? flagTitle(facet, value) ?? value

/** Note beside a value: two facets of one tree have a value "Unassigned". */
export const valueNote = (facet: ValueFacetName, value: string): string | undefined =>
  (facet === 'organ' || facet === 'region') && value === UNASSIGNED ? facet : undefined

const DOCS: Readonly<Record<string, string>> = {
  [`region ${UNASSIGNED}`]: 'Labels whose region is unknown.',
  [`organ ${UNASSIGNED}`]: 'Labels, of any region, that belong to none of the organs.',
}

/** Meaning of a value, for its tooltip. */
export const valueDoc = (facet: ValueFacetName, value: string): string | undefined =>
  facet === 'flag' ? flagOf(value)?.doc : DOCS[`${facet} ${value}`]

const ON_CHIPS: Readonly<Record<string, string>> = {
  'lesion 1': 'yes',
  'lesion 0': 'no',
  'union 1': 'yes',
  'union 0': 'no',
  [`side ${NO_SIDE}`]: 'not given',
  [`flag ${NO_FLAG}`]: 'none',
}

/** Name of a value after the title of its facet. */
export const chipName = (facet: ValueFacetName, value: string): string =>
  ON_CHIPS[`${facet} ${value}`] ?? flagTitle(facet, value) ?? value
