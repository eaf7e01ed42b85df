import type { Counted } from '../counts/counts'
import {
  type Dimensions,
  datasetStructures,
  type LabelRow,
  labelStructure,
} from '../filter/dimensions'
import {
  IMAGE_ATTRIBUTE_OF,
  isImageFacet,
  isListedFacet,
  LISTED_FACETS,
} from '../filter/image-facets'
import { RANGE_VALUES } from '../filter/range-bins'
import { LABEL_FACETS } from '../filter/selection'
import { FLAG_VALUES, FLAGS } from '../manifest/flags'
import { IMAGE_ATTRIBUTES } from '../manifest/image-attributes'
import { ident, integer, join, type Sql, sql } from '../sql'

/** Cases are counted by the same attributes as images and masks, and by bins of the mask area. */
export type CaseAttribute = Counted | 'area'

/** The values of an attribute, and which ids have them. */
export interface CaseGroups {
  /** What the ids are an attribute of. */
  readonly of: 'image' | 'label' | 'mask'
  /** Expression over `images`, or over `masks`, that gives the id; one row per id, NULL for none. */
  readonly column: Sql
  readonly values: readonly string[]
  /** `grp` is a position in `values`. An id may be in several groups or in none. */
  readonly members: readonly { readonly id: number; readonly grp: number }[]
}

/** The values of an attribute, and the ids that have them. */
export function caseGroups(by: CaseAttribute, dimensions: Dimensions): CaseGroups {
  const { datasets, labels } = dimensions
  if (by === 'datasetStructure')
    return groups('image', sql`dataset_id`, datasets.map(datasetStructures))
  if (by === 'flag') return flagGroups()
  if (by === 'area') return valueGroups('mask', 'area_bin', RANGE_VALUES.area)
  if (isImageFacet(by)) {
    const values = isListedFacet(by) ? LISTED_FACETS[by](dimensions) : RANGE_VALUES[by]
    return valueGroups('image', IMAGE_ATTRIBUTES[IMAGE_ATTRIBUTE_OF[by]].column, values)
  }
  const nameOf: (row: LabelRow) => string = by === 'structure' ? labelStructure : LABEL_FACETS[by]
  return groups(
    'label',
    sql`label_id`,
    labels.map(row => [nameOf(row)]),
  )
}

/** Groups of ids by their values; the id is the position in `valuesOf`. */
function groups(
  of: CaseGroups['of'],
  column: Sql,
  valuesOf: readonly (readonly string[])[],
): CaseGroups {
  const values = [...new Set(valuesOf.flat())]
  const members = valuesOf.flatMap((all, id) =>
    all.map(value => ({ id, grp: values.indexOf(value) })),
  )
  return { of, column, values, members }
}

/** An image can have several flags: each flag is an id, namely its position in `FLAG_VALUES`. */
function flagGroups(): CaseGroups {
  const ids = FLAGS.map(
    ({ bit }, id) => sql`CASE WHEN (flags & ${integer(2 ** bit)}) <> 0 THEN ${integer(id)} END`,
  )
  const none = sql`CASE WHEN flags = 0 THEN ${integer(FLAGS.length)} END`
  return groups(
    'image',
    sql`unnest([${join([...ids, none], ', ')}])`,
    FLAG_VALUES.map(value => [value]),
  )
}

/** Groups of ids that have one value each. */
const valueGroups = (of: CaseGroups['of'], column: string, values: readonly string[]) =>
  groups(
    of,
    ident(column),
    values.map(value => [value]),
  )
