import {
  IMAGE_FLAGS,
  MASK_FLAGS,
  type MaskFlag,
  NOT_MEASURED,
  NOT_MEASURED_CODES,
  type NotMeasured,
} from '../manifest/quality'
import { quoted } from '../sql'
import { imageFlagsSql } from '../store/flag-sql'
import type { RowCheck } from './row-checks'

/** Sort key for tables with both images and masks. NULLs of images become -1, so that keys can be compared. */
const PICTURE = 'image_id, coalesce(label_id, -1), coalesce(instance, -1)'

const ofPictures = (table: string) => ({
  rule: `every row of ${table} belongs to an image or a mask`,
  offenders: `SELECT count(*) AS n FROM ${table} t
    LEFT JOIN images i USING (image_id) LEFT JOIN masks m USING (image_id, label_id, instance)
    WHERE i.image_id IS NULL OR (label_id IS NOT NULL AND m.image_id IS NULL)`,
})

const inOrder = (table: string, key: string) => `SELECT count(*) AS n FROM (
  SELECT (${key}) AS k, lag(k) OVER (ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before FROM ${table})
  WHERE before IS NOT NULL AND k <= before`

const names = (flags: object) => Object.keys(flags).map(quoted).join(', ')

/** Rules for optional tables, by table name. */
export const OPTIONAL_CHECKS: Readonly<Record<string, readonly RowCheck[]>> = {
  locator: [
    ofPictures('locator'),
    {
      rule: 'locator is sorted by image, label, instance, without repeats',
      offenders: inOrder('locator', PICTURE),
    },
    {
      rule: 'no two rows of locator have the same position in the archive',
      offenders: `SELECT count(*) AS n FROM (SELECT 1 FROM locator
        GROUP BY part, "offset" HAVING count(*) > 1)`,
    },
    {
      rule: 'the size of every image and mask equals the size of its file in the archive',
      offenders: `SELECT (SELECT count(*) FROM locator l JOIN images i USING (image_id)
          WHERE l.label_id IS NULL AND i.bytes <> l.bytes) +
        (SELECT count(*) FROM locator l JOIN masks m USING (image_id, label_id, instance)
          WHERE m.bytes <> l.bytes) AS n`,
    },
  ],
  duplicates: [
    {
      rule: 'every image_id of duplicates is in images',
      offenders: `SELECT count(*) AS n FROM duplicates d LEFT JOIN images i USING (image_id)
        WHERE i.image_id IS NULL`,
    },
    {
      rule: 'duplicates is sorted by group and image',
      offenders: inOrder('duplicates', 'duplicate_group, image_id'),
    },
    {
      rule: 'every image of duplicates is in one group, every group has at least two images, and no group number is skipped',
      offenders: `SELECT
        (SELECT count(*) FROM (SELECT 1 FROM duplicates GROUP BY image_id HAVING count(*) > 1)) +
        (SELECT count(*) FROM (SELECT 1 FROM duplicates GROUP BY duplicate_group HAVING count(*) < 2)) +
        (SELECT count(*) FROM (SELECT max(duplicate_group) + 1 AS n, count(DISTINCT duplicate_group) AS k
          FROM duplicates) WHERE n <> k) AS n`,
    },
  ],
  quality: [
    ofPictures('quality'),
    {
      rule: 'quality is sorted by image, label, instance, flag, without repeats',
      offenders: inOrder('quality', `${PICTURE}, flag`),
    },
    {
      rule: 'quality has only known flags',
      offenders: `SELECT count(*) AS n FROM quality WHERE NOT CASE WHEN label_id IS NULL
        THEN flag IN (${names({ ...IMAGE_FLAGS, ...NOT_MEASURED })})
        ELSE flag IN (${names({ ...MASK_FLAGS, ...NOT_MEASURED })}) END`,
    },
    {
      rule: 'a picture that was not measured has no flag',
      offenders: `SELECT count(*) AS n FROM (SELECT count(*) AS rows,
          count(*) FILTER (flag IN (${names(NOT_MEASURED)})) AS refused
        FROM quality GROUP BY ${PICTURE}) WHERE refused > 0 AND rows > 1`,
    },
    {
      rule: 'every image has a size unless quality lists it as missing, unreadable or not measured',
      offenders: `SELECT count(*) AS n FROM images i
        FULL JOIN (SELECT DISTINCT image_id FROM quality
          WHERE label_id IS NULL
            AND flag IN ('missing', 'unreadable', ${names(NOT_MEASURED)})) q USING (image_id)
        WHERE (i.width IS NULL OR i.height IS NULL) <> (q.image_id IS NOT NULL)`,
    },
  ],
}

/** Rules for flags and duplicates. They depend on which optional tables the manifest has. */
export const flagChecks = (has: (table: string) => boolean): RowCheck[] => [
  {
    rule: 'the flags of every image match quality, duplicates and known issues',
    offenders: `SELECT count(*) AS n FROM images LEFT JOIN (${imageFlagsSql({
      images: 'images',
      masks: 'masks',
      quality: has('quality'),
      duplicates: has('duplicates'),
    })}) f USING (image_id) WHERE images.flags <> coalesce(f.flags, 0)`,
  },
  ...(has('duplicates') && has('locator')
    ? [
        {
          rule: 'duplicates groups exactly the images with equal size and CRC-32 in the locator',
          // The locator may have been replaced by the locator of another archive, which lacks some of the images.
          offenders: `WITH own AS (SELECT bytes, crc32, duplicate_group
              FROM locator LEFT JOIN duplicates USING (image_id) WHERE label_id IS NULL)
            SELECT (SELECT count(*) FROM (SELECT 1 FROM own WHERE duplicate_group IS NOT NULL
                GROUP BY duplicate_group HAVING count(DISTINCT (bytes, crc32)) > 1)) +
              (SELECT count(*) FROM (SELECT 1 FROM own GROUP BY bytes, crc32
                HAVING count(*) > 1 AND (count(duplicate_group) < count(*)
                  OR count(DISTINCT duplicate_group) > 1))) AS n`,
        },
      ]
    : []),
]

/** Subquery for the masks that have at least one of the given flags in `quality`. */
const flagged = (...flags: readonly (MaskFlag | NotMeasured)[]) => `(
  SELECT DISTINCT image_id, label_id, instance FROM quality
  WHERE label_id IS NOT NULL AND flag IN (${flags.map(quoted).join(', ')})) AS q`

const MASK = 'USING (image_id, label_id, instance)'

/** Rules for manifests whose pixels were measured. */
export const PIXEL_CHECKS: readonly RowCheck[] = [
  {
    rule: 'every mask has an area unless quality says why it has none',
    offenders: `SELECT count(*) AS n FROM masks m
      LEFT JOIN ${flagged('missing', 'unreadable', 'wrong_size', ...NOT_MEASURED_CODES)} ${MASK}
      WHERE (m.area IS NULL) <> (q.image_id IS NOT NULL)`,
  },
  {
    rule: 'a mask has a box exactly if it has an area above 0',
    offenders: `SELECT count(*) AS n FROM masks m LEFT JOIN mask_boxes b ${MASK}
      WHERE (coalesce(m.area, 0) > 0) <> (b.image_id IS NOT NULL)`,
  },
  {
    rule: 'exactly the masks of area 0 are flagged as empty, and those that cover their image as full_frame',
    offenders: `SELECT (SELECT count(*) FROM masks m LEFT JOIN ${flagged('empty')} ${MASK}
        WHERE m.area IS NOT NULL AND (m.area = 0) <> (q.image_id IS NOT NULL)) +
      (SELECT count(*) FROM masks m JOIN images i USING (image_id)
        LEFT JOIN ${flagged('full_frame')} ${MASK}
        WHERE m.area IS NOT NULL AND i.width IS NOT NULL
          AND (m.area = i.width::UINTEGER * i.height) <> (q.image_id IS NOT NULL)) AS n`,
  },
]
