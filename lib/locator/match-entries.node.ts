import type { NodeEngine } from '../engine/duckdb.node.ts'
import { createTableSql } from '../manifest/tables'
import { IMAGE_NAME_SQL, MASK_NAME_SQL } from '../release/name-sql'
import { sql } from '../sql'

/** How rows and entries met. */
export interface Matches {
  readonly images: number
  readonly masks: number
  readonly imagesWithout: number
  readonly masksWithout: number
  /** Pictures of the archive that no row names. */
  readonly entriesWithout: number
  /** Rows whose name the archive has more than once: which one is meant is not known. */
  readonly ambiguous: number
}

const PLACE = 'part, "offset", compressed_bytes, bytes, method, crc32'

/**
 * Join the names of images and masks, rebuilt from their rows, with the staged `entries` of an
 * archive into a table `locator`.
 *
 * @param engine Has the manifest's tables, and `entries`.
 */
export async function matchEntries(engine: NodeEngine): Promise<Matches> {
  await engine.run(`
    CREATE TABLE found AS
      SELECT image_id, NULL::USMALLINT AS label_id, NULL::USMALLINT AS instance, ${PLACE}
      FROM (SELECT image_id, ${IMAGE_NAME_SQL} AS name FROM ${NAMED_IMAGES}) JOIN entries USING (name)
      UNION ALL
      SELECT image_id, label_id, instance, ${PLACE}
      FROM (SELECT image_id, label_id, instance, ${MASK_NAME_SQL} AS name FROM masks
        JOIN class_ids USING (dataset_id, label_id)
        JOIN (SELECT image_id, case_name, slice, submodality, dataset, axis FROM ${NAMED_IMAGES})
          USING (image_id)) JOIN entries USING (name)`)
  await engine.run(`
    CREATE TABLE twice AS SELECT image_id, label_id, instance, count(*) AS n FROM found
      GROUP BY ALL HAVING count(*) > 1`)
  await engine.run(createTableSql('locator'))
  await engine.run(`
    INSERT INTO locator SELECT f.* FROM found f LEFT JOIN twice t ON f.image_id = t.image_id
      AND f.label_id IS NOT DISTINCT FROM t.label_id AND f.instance IS NOT DISTINCT FROM t.instance
      WHERE t.image_id IS NULL
      ORDER BY f.image_id, f.label_id NULLS FIRST, f.instance`)
  const [counts] = await engine.rows<Counts>(sql`SELECT
    (SELECT count(*) FROM images)::DOUBLE AS images, (SELECT count(*) FROM masks)::DOUBLE AS masks,
    (SELECT count(*) FROM locator WHERE label_id IS NULL)::DOUBLE AS "foundImages",
    (SELECT count(label_id) FROM locator)::DOUBLE AS "foundMasks",
    (SELECT count(*) FROM entries)::DOUBLE AS entries,
    (SELECT count(*) FROM found)::DOUBLE AS found,
    (SELECT count(*) FROM twice)::DOUBLE AS twice`)
  const { images, masks, foundImages, foundMasks, entries, found, twice } = counts as Counts
  return {
    images: foundImages,
    masks: foundMasks,
    imagesWithout: images - foundImages,
    masksWithout: masks - foundMasks,
    entriesWithout: entries - found,
    ambiguous: twice,
  }
}

interface Counts {
  images: number
  masks: number
  foundImages: number
  foundMasks: number
  entries: number
  found: number
  twice: number
}

const NAMED_IMAGES = `images JOIN submodalities USING (submodality_id)
  JOIN datasets USING (dataset_id) JOIN axes USING (axis_id)`
