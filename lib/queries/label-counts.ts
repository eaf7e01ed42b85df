import type { GroupBits, LabelCount } from '../counts/label-groups'
import type { Engine } from '../engine/engine'
import type { Selection } from '../filter/selection'
import { and, type Sql, sql } from '../sql'
import {
  imageFacetsWhere,
  maskFacetsWhere,
  maskRows,
  requiredLabels,
  selectedMasksWhere,
} from './where'

/** Counts of every label that a selected mask has. */
export const labelCounts = (
  engine: Engine,
  selection: Selection,
  signal?: AbortSignal,
): Promise<LabelCount[]> => engine.rows(labelCountsSql(selection), signal)

export function labelCountsSql(selection: Selection): Sql {
  const masks = maskRows(selection)
  const where = selectedMasksWhere(selection)
  if (selection.area)
    return sql`SELECT label_id, count(DISTINCT image_id)::DOUBLE AS images, count(*)::DOUBLE AS masks
      FROM ${masks} WHERE ${where} GROUP BY label_id`
  // An image has a label if its label set has it, so its masks need not be read again.
  return sql`
    WITH m AS (SELECT label_id, count(*)::DOUBLE AS masks FROM ${masks} WHERE ${where} GROUP BY label_id),
    s AS (${imagesBySet(selection)}),
    i AS (SELECT label_id, sum(n)::DOUBLE AS images FROM label_sets JOIN s USING (label_set_id)
      WHERE ${maskFacetsWhere(selection)} GROUP BY label_id)
    SELECT label_id, images, masks FROM m JOIN i USING (label_id)`
}

const imagesBySet = (selection: Selection): Sql => sql`
  SELECT label_set_id, count(*) AS n FROM images
  WHERE ${and([imageFacetsWhere(selection), ...requiredLabels(selection)])} GROUP BY label_set_id`

/** Selected images whose selected masks belong to exactly the groups in `bits`. */
export interface GroupPattern {
  /** A bit is set if a selected mask belongs to its group; as in `GroupBits`. */
  readonly low: number
  readonly high: number
  readonly images: number
}

/**
 * Images by the groups of labels (organs, regions, …) that their selected masks belong to, in one pass. An
 * image counts once in a group, however many labels of the group it has.
 *
 * @param bitsOf Groups of each label id, as bits; labels without a bit are left out.
 */
export async function groupPatterns(
  engine: Engine,
  selection: Selection,
  { low, high }: GroupBits,
  signal?: AbortSignal,
): Promise<GroupPattern[]> {
  const passes = selection.labelIds && new Set(selection.labelIds)
  const labels = Array.from(low, (lowBits, label_id) => {
    const bits = BigInt(lowBits) | (BigInt(high[label_id] as number) << 32n)
    return { label_id, bits }
  }).filter(({ label_id, bits }) => bits > 0n && (!passes || passes.has(label_id)))
  if (labels.length === 0) return []
  return engine.rows(groupPatternsSql(selection, labels), signal)
}

/** Two numbers of 32 bits, because a number of JavaScript is exact only below 2^53. */
const WORDS = sql`(bits & 4294967295::UBIGINT)::DOUBLE AS low, (bits >> 32)::DOUBLE AS high`

export function groupPatternsSql(
  selection: Selection,
  labels: readonly { readonly label_id: number; readonly bits: bigint }[],
): Sql {
  // Written into the SQL, so that the join compares integers; the numbers come from our own tables.
  const values = {
    text: labels
      .map(({ label_id, bits }) => `(${label_id}::USMALLINT, ${bits}::UBIGINT)`)
      .join(', '),
    params: [],
  }
  if (selection.area)
    return sql`
      WITH groups(label_id, bits) AS (VALUES ${values})
      SELECT ${WORDS}, count(*)::DOUBLE AS images
      FROM (SELECT bit_or(bits) AS bits FROM ${maskRows(selection)} JOIN groups USING (label_id)
        WHERE ${selectedMasksWhere(selection)} GROUP BY image_id)
      GROUP BY bits`
  return sql`
    WITH groups(label_id, bits) AS (VALUES ${values}),
    sets AS (SELECT label_set_id, bit_or(bits) AS bits
      FROM label_sets JOIN groups USING (label_id) GROUP BY label_set_id)
    SELECT ${WORDS}, sum(n)::DOUBLE AS images
    FROM sets JOIN (${imagesBySet(selection)}) USING (label_set_id)
    GROUP BY bits`
}
