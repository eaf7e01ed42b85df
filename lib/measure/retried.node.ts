import type { Engine } from '../engine/engine'
import { NOT_MEASURED_CODES } from '../manifest/quality'
import { integer, type Sql, sql } from '../sql'
import type { Batch } from './part-file.node.ts'

/** Map key of an image (if `mask` is null) or a mask. */
export const pictureKey = (
  imageId: number,
  mask: { readonly labelId: number; readonly instance: number } | null,
): string => `${imageId} ${mask?.labelId ?? ''} ${mask?.instance ?? ''}`

/**
 * Select the pictures that an earlier run did not measure because of a link, a permission or the size limit. If an
 * image is selected, all masks of the image are selected too, because the earlier run could not compare their sizes
 * with the image. Missing and damaged pictures are not tried again.
 *
 * @param sizeOnly Select only images.
 * @returns Query over `quality` and `masks`, with the columns image_id, label_id and instance, without repeats.
 */
export function retriedSql(sizeOnly: boolean): Sql {
  const refused = sql`SELECT image_id, label_id, instance FROM quality WHERE flag IN ${NOT_MEASURED_CODES}`
  if (sizeOnly) return sql`${refused} AND label_id IS NULL`
  return sql`${refused}
    UNION SELECT image_id, label_id, instance FROM masks
      WHERE image_id IN (SELECT image_id FROM quality
        WHERE label_id IS NULL AND flag IN ${NOT_MEASURED_CODES})`
}

/** Read the keys (see `pictureKey`) of the pictures of `retriedSql` within a batch. */
export async function retriedIn(
  engine: Engine,
  sizeOnly: boolean,
  { from, to }: Batch,
): Promise<ReadonlySet<string>> {
  const rows = await engine.rows<{
    image_id: number
    label_id: number | null
    instance: number | null
  }>(
    sql`SELECT * FROM (${retriedSql(sizeOnly)})
      WHERE image_id BETWEEN ${integer(from)} AND ${integer(to - 1)}`,
  )
  return new Set(
    rows.map(({ image_id, label_id, instance }) =>
      pictureKey(
        image_id,
        label_id === null ? null : { labelId: label_id, instance: instance ?? 0 },
      ),
    ),
  )
}
