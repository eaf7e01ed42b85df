import type { Counted } from '../counts/counts'
import {
  type Dimensions,
  datasetStructures,
  type LabelRow,
  labelStructure,
} from '../filter/dimensions'
import type { RangeFacetName } from '../filter/facets'
import { RANGE_VALUES } from '../filter/range-bins'
import { LABEL_FACETS } from '../filter/selection'
import { FLAG_VALUES, FLAGS } from '../manifest/flags'
import { AXES } from '../manifest/tables'
import { integer, join, type Sql, sql } from '../sql'

/** What cases are counted by: what images and masks are counted by, and bins of the mask area. */
export type CaseAttribute = Counted | 'area'

/** Which ids have which values. */
export interface CaseGroups {
  /** What the ids are an attribute of. */
  readonly of: 'image' | 'label' | 'mask'
  /** What of `images`, or of `masks`, holds the ids; several ids are unnested, NULL is none. */
  readonly column: Sql
  readonly values: readonly string[]
  /** `grp` is a position in `values`; an id may be in several groups, or in none. */
  readonly members: readonly { readonly id: number; readonly grp: number }[]
}

/**
 * The values of an attribute, and the ids that have them.
 *
 * @param unions Count union masks in label groups; the union facet always shows both of its values.
 */
export function caseGroups(by: CaseAttribute, dimensions: Dimensions, unions: boolean): CaseGroups {
  const { datasets, submodalities, labels } = dimensions
  switch (by) {
    case 'modality':
    case 'submodality':
      return groups(
        'image',
        sql`submodality_id`,
        submodalities.map(row => [row[by]]),
      )
    case 'dataset':
      return groups(
        'image',
        sql`dataset_id`,
        datasets.map(row => [row.dataset]),
      )
    case 'datasetStructure':
      return groups('image', sql`dataset_id`, datasets.map(datasetStructures))
    case 'axis':
      return groups(
        'image',
        sql`axis_id`,
        AXES.map(axis => [axis]),
      )
    case 'width':
      return binGroups('image', sql`width_bin`, by)
    case 'height':
      return binGroups('image', sql`height_bin`, by)
    case 'aspect':
      return binGroups('image', sql`aspect_bin`, by)
    case 'masks':
      return binGroups('image', sql`masks_bin`, by)
    case 'flag':
      return flagGroups()
    case 'area':
      return binGroups('mask', sql`area_bin`, by)
    default: {
      const nameOf: (row: LabelRow) => string =
        by === 'structure' ? labelStructure : LABEL_FACETS[by]
      const counts = (row: LabelRow) => unions || by === 'union' || !row.is_union
      return groups(
        'label',
        sql`label_id`,
        labels.map(row => (counts(row) ? [nameOf(row)] : [])),
      )
    }
  }
}

/** Groups of ids by their values; an id is its position. */
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

/** An image has several flags: an id for each, the position of its value. */
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

const binGroups = (of: CaseGroups['of'], column: Sql, name: RangeFacetName) =>
  groups(
    of,
    column,
    RANGE_VALUES[name].map(value => [value]),
  )
