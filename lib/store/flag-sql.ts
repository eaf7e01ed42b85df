import { flagBits, maskFlagCode } from '../manifest/flags'
import { DEFECTS, type KnownDefect } from '../manifest/known-defects'
import { IMAGE_FLAGS, MASK_FLAGS, type MaskFlag, NOT_MEASURED_CODES } from '../manifest/quality'
import { quoted } from '../sql'
import { repeatsSql } from './neighbours-sql'

/** Tables that flags are derived from. */
export interface FlagSources {
  /** Names of the tables of images (image_id, dataset_id, case_id) and masks (image_id, label_id). */
  readonly images: string
  readonly masks: string
  /** Whether the tables `quality` and `duplicates` exist. */
  readonly quality: boolean
  readonly duplicates: boolean
}

/**
 * Select the flags of all images that have flags.
 *
 * @returns SELECT with the columns image_id and flags (UINTEGER). One row per image, unordered.
 */
export function imageFlagsSql(sources: FlagSources): string {
  return joinBitsSql(`(${flagBitsSql(sources)})`)
}

/**
 * Select the flag bits of images from every source. An image can have several rows.
 *
 * @returns SELECT with the columns image_id and bits (UINTEGER, not 0).
 */
export function flagBitsSql(sources: FlagSources): string {
  const pieces = [
    ...(sources.quality ? [QUALITY] : []),
    ...(sources.duplicates ? [duplicates(sources)] : []),
    ...DEFECTS.flatMap(defect => concerned(defect, sources)),
  ]
  return `FROM (${pieces.join(' UNION ALL ')}) WHERE bits > 0`
}

/**
 * Combine the flag bits of each image into one bitmask.
 *
 * @param bits Table with the columns of `flagBitsSql`, optionally followed by a WHERE clause.
 * @returns as `imageFlagsSql`.
 */
export const joinBitsSql = (bits: string): string =>
  `SELECT image_id, bit_or(bits)::UINTEGER AS flags FROM ${bits} GROUP BY image_id`

const cases = (bits: readonly (readonly [string, number])[]) =>
  `CASE flag ${bits.map(([flag, bit]) => `WHEN ${quoted(flag)} THEN ${bit}`).join(' ')} ELSE 0 END`

/** All reasons why a picture was not measured share one bit. */
const notMeasured = (code: string) =>
  NOT_MEASURED_CODES.map(flag => [flag, flagBits([code])] as const)

const OF_IMAGES = [
  ...Object.keys(IMAGE_FLAGS).map(flag => [flag, flagBits([flag])] as const),
  ...notMeasured('not_measured'),
]
const OF_MASKS = [
  ...Object.keys(MASK_FLAGS).map(
    flag => [flag, flagBits([maskFlagCode(flag as MaskFlag)])] as const,
  ),
  ...notMeasured('mask_not_measured'),
]

const QUALITY = `SELECT image_id,
    (CASE WHEN label_id IS NULL THEN ${cases(OF_IMAGES)} ELSE ${cases(OF_MASKS)} END)::UINTEGER AS bits FROM quality`

const duplicates = ({ images }: FlagSources) => `SELECT image_id,
    ((CASE WHEN near > 1 THEN ${flagBits(['duplicate_in_dataset'])} ELSE 0 END)
      | (CASE WHEN near < n THEN ${flagBits(['duplicate_across_datasets'])} ELSE 0 END))::UINTEGER AS bits
  FROM (SELECT image_id, count(*) OVER (PARTITION BY duplicate_group, dataset_id) AS near,
      count(*) OVER (PARTITION BY duplicate_group) AS n
    FROM duplicates JOIN ${images} USING (image_id))`

/** Selects the images that a known issue affects. No other code decides this. */
function concerned(
  { dataset, flag, of, oriName, classId, labels }: KnownDefect,
  { images, masks }: FlagSources,
): string[] {
  if (!flag || dataset === null) return []
  const name = quoted(dataset)
  const ofLabels = [
    classId &&
      `SELECT label_id FROM class_ids JOIN datasets USING (dataset_id)
        WHERE dataset = ${name} AND class_id = ${quoted(classId)}`,
    labels && `SELECT label_id FROM labels WHERE label IN (${labels.map(quoted).join(', ')})`,
  ].filter(sql => sql !== undefined)
  const ofMasks = ofLabels.map(sql => ` AND label_id IN (${sql})`).join('')
  return [
    `SELECT image_id, ${flagBits([flag.code])}::UINTEGER AS bits FROM ${images}
      WHERE dataset_id IN (SELECT dataset_id FROM datasets WHERE dataset = ${name})
      ${oriName ? `AND case_id IN (SELECT case_id FROM cases WHERE contains(case_name, ${quoted(oriName)}))` : ''}
      ${of === 'mask' ? `AND image_id IN (SELECT image_id FROM ${masks} WHERE true${ofMasks})` : ''}`,
  ]
}

/**
 * Group images with equal file size and CRC-32. Every group has at least two images. Groups are numbered in the order
 * of their first images.
 *
 * @param locator Table with the columns of `locator`. Rows of masks are ignored.
 * @returns SELECT with the columns of `duplicates`, in their order.
 */
export const duplicatesSql = (locator: string): string => `
  WITH own AS (SELECT image_id, bytes, crc32 FROM ${locator} WHERE label_id IS NULL),
  sorted AS (SELECT *, ${repeatsSql(['bytes', 'crc32'])} AS repeats
    FROM (FROM own ORDER BY bytes, crc32, image_id)),
  -- The second of each group, and the one before it.
  seconds AS (SELECT bytes, crc32, first_image
    FROM (SELECT *, lag(image_id) OVER () AS first_image, lag(repeats) OVER () AS is_later FROM sorted)
    WHERE repeats AND NOT is_later),
  equal AS (SELECT bytes, crc32, (row_number() OVER () - 1)::UINTEGER AS duplicate_group
    FROM (FROM seconds ORDER BY first_image))
  SELECT duplicate_group, image_id FROM own JOIN equal USING (bytes, crc32)
  ORDER BY duplicate_group, image_id`
