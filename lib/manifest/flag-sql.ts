import { quoted } from '../sql'
import { flagBits, maskFlagCode } from './flags'
import { DEFECTS, type KnownDefect } from './known-defects'
import { IMAGE_FLAGS, MASK_FLAGS, type MaskFlag } from './quality'

/** Where flags come from. */
export interface FlagSources {
  /** Tables of images (image_id, dataset_id, case_id) and masks (image_id, label_id). */
  readonly images: string
  readonly masks: string
  /** Whether there is a table `quality`, and one `duplicates`. */
  readonly quality: boolean
  readonly duplicates: boolean
}

/**
 * The flags of images that have any.
 *
 * @returns SELECT with the columns image_id and flags (UINTEGER), a row an image, in no order.
 */
export function imageFlagsSql(sources: FlagSources): string {
  const pieces = [
    ...(sources.quality ? [QUALITY] : []),
    ...(sources.duplicates ? [duplicates(sources)] : []),
    ...DEFECTS.flatMap(defect => concerned(defect, sources)),
  ]
  return `SELECT image_id, bit_or(bits)::UINTEGER AS flags
    FROM (${pieces.join(' UNION ALL ')}) WHERE bits > 0 GROUP BY image_id`
}

const cases = (bits: readonly (readonly [string, number])[]) =>
  `CASE flag ${bits.map(([flag, bit]) => `WHEN ${quoted(flag)} THEN ${bit}`).join(' ')} ELSE 0 END`

const QUALITY = `SELECT image_id, (CASE WHEN label_id IS NULL
    THEN ${cases(Object.keys(IMAGE_FLAGS).map(flag => [flag, flagBits([flag])]))}
    ELSE ${cases(Object.keys(MASK_FLAGS).map(flag => [flag, flagBits([maskFlagCode(flag as MaskFlag)])]))}
    END)::UINTEGER AS bits FROM quality`

const duplicates = ({ images }: FlagSources) => `SELECT image_id,
    ((CASE WHEN near > 1 THEN ${flagBits(['duplicate_in_dataset'])} ELSE 0 END)
      | (CASE WHEN near < n THEN ${flagBits(['duplicate_across_datasets'])} ELSE 0 END))::UINTEGER AS bits
  FROM (SELECT image_id, count(*) OVER (PARTITION BY duplicate_group, dataset_id) AS near,
      count(*) OVER (PARTITION BY duplicate_group) AS n
    FROM duplicates JOIN ${images} USING (image_id))`

/** The images that a known defect concerns: the one place that says which they are. */
function concerned(
  { dataset, flag, of, oriName, classId }: KnownDefect,
  { images, masks }: FlagSources,
): string[] {
  if (!flag || dataset === null) return []
  const name = quoted(dataset)
  const labels = classId
    ? ` WHERE label_id IN (SELECT label_id FROM class_ids JOIN datasets USING (dataset_id)
        WHERE dataset = ${name} AND class_id = ${quoted(classId)})`
    : ''
  return [
    `SELECT image_id, ${flagBits([flag.code])}::UINTEGER AS bits FROM ${images}
      WHERE dataset_id IN (SELECT dataset_id FROM datasets WHERE dataset = ${name})
      ${oriName ? `AND case_id IN (SELECT case_id FROM cases WHERE contains(case_name, ${quoted(oriName)}))` : ''}
      ${of === 'mask' ? `AND image_id IN (SELECT image_id FROM ${masks}${labels})` : ''}`,
  ]
}

/**
 * Images of equal size and CRC-32, in groups of two and more. Sorted, equal ones are neighbours: grouping millions
 * of them within little memory fails in DuckDB 1.4.3 now and then (INTERNAL error).
 *
 * @param locator Table of the columns of `locator`; its rows of masks are passed over.
 * @returns SELECT with the columns of `duplicates`, in their order.
 */
export const duplicatesSql = (locator: string): string => `
  WITH own AS (SELECT image_id, bytes, crc32 FROM ${locator} WHERE label_id IS NULL),
  repeated AS (SELECT DISTINCT bytes, crc32
    FROM (SELECT *, lag(bytes) OVER () AS b, lag(crc32) OVER () AS c
      FROM (FROM own ORDER BY bytes, crc32)) WHERE bytes = b AND crc32 = c),
  equal AS (SELECT bytes, crc32, (row_number() OVER (ORDER BY min(image_id)) - 1)::UINTEGER AS duplicate_group
    FROM own SEMI JOIN repeated USING (bytes, crc32) GROUP BY bytes, crc32)
  SELECT duplicate_group, image_id FROM own JOIN equal USING (bytes, crc32)
  ORDER BY duplicate_group, image_id`
