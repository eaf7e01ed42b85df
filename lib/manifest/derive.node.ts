import type { NodeEngine } from '../engine/duckdb.node.ts'
import { sql } from '../sql'
import {
  AREA_SHARE_BINS,
  ASPECT_BINS,
  ASPECT_SQL,
  binSql,
  MASK_COUNT_BINS,
  SHARE_SQL,
  SIZE_BINS,
} from './bins'
import { CUBE_GRAIN } from './cube-tables'
import { duplicatesSql, imageFlagsSql } from './flag-sql'
import { imageSlices } from './image-slices'
import { createTableSql } from './tables'

/**
 * From staged rows to the manifest's tables: counts per image, bins, label sets, flags, cubes.
 * Tables `quality` and `duplicates` give flags if they are staged; a staged `locator` gives `duplicates`.
 *
 * What grows with the masks is made for a slice of the images at a time, the rest is one statement and spills to
 * the disk where it outgrows the memory limit.
 *
 * @returns Whether there is a table `duplicates` then.
 */
export async function deriveTables(
  engine: NodeEngine,
  log: (line: string) => void,
): Promise<{ duplicates: boolean }> {
  const staged = new Set(
    (await engine.rows<{ name: string }>(sql`SELECT table_name AS name FROM duckdb_tables()`)).map(
      row => row.name,
    ),
  )
  const [images] = await engine.rows<{ n: number }>(
    sql`SELECT count(*)::DOUBLE AS n FROM stage_images`,
  )
  const slices = imageSlices(images?.n ?? 0)
  for (const step of [flagStep(staged), ...STEPS]) {
    const start = performance.now()
    for (const statement of step.statements) {
      if (typeof statement === 'string') await engine.run(statement)
      else for (const { where } of slices) await engine.run(statement(where))
    }
    log(`${step.name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  }
  return { duplicates: staged.has('duplicates') || staged.has('locator') }
}

const GRAIN = CUBE_GRAIN.join(', ')

/** A statement for a slice of the images, which it is given as a condition on `image_id`. */
type BySlice = (slice: string) => string

interface Step {
  readonly name: string
  readonly statements: readonly (string | BySlice)[]
}

/** @param staged Names of the tables that are there. */
function flagStep(staged: ReadonlySet<string>): Step {
  const find = staged.has('locator') && !staged.has('duplicates')
  const sources = {
    ...{ images: 'stage_images', masks: 'stage_masks' },
    ...{ quality: staged.has('quality'), duplicates: find || staged.has('duplicates') },
  }
  return {
    name: 'flags',
    statements: [
      ...(find
        ? [createTableSql('duplicates'), `INSERT INTO duplicates ${duplicatesSql('locator')}`]
        : []),
      `CREATE TABLE image_flags AS ${imageFlagsSql(sources)}`,
    ],
  }
}

const STEPS: readonly Step[] = [
  {
    name: 'label sets',
    statements: [
      // A set's hash stands for it while grouping; lists of 4.6M images would not fit in memory.
      // Two independent sums of hashes make 128 bits: the odds of two sets sharing one are 1e-28.
      `CREATE TABLE image_labels (image_id UINTEGER, n_labels USMALLINT, n_masks USMALLINT, h1 HUGEINT,
        h2 HUGEINT)`,
      slice => `INSERT INTO image_labels
        SELECT image_id, count(*), sum(n), sum(hash(label_id)::HUGEINT), sum(hash(label_id + 1000003)::HUGEINT)
        FROM (SELECT image_id, label_id, count(*) AS n FROM stage_masks WHERE ${slice} GROUP BY ALL)
        GROUP BY image_id`,
      `CREATE TABLE set_ids AS
        SELECT h1, h2, min(image_id) AS first_image,
          row_number() OVER (ORDER BY min(image_id))::UINTEGER AS label_set_id
        FROM image_labels GROUP BY h1, h2`,
      createTableSql('label_sets'),
      `INSERT INTO label_sets SELECT DISTINCT label_set_id, label_id
        FROM set_ids JOIN stage_masks ON image_id = first_image ORDER BY ALL`,
    ],
  },
  {
    name: 'images',
    statements: [
      createTableSql('images'),
      slice => `INSERT INTO images
        SELECT i.image_id, i.dataset_id, submodality_id, i.case_id, case_name, axis_id, slice,
          width, height, ${binSql(SIZE_BINS, 'width')}, ${binSql(SIZE_BINS, 'height')},
          ${binSql(ASPECT_BINS, ASPECT_SQL)},
          coalesce(n_masks, 0), ${binSql(MASK_COUNT_BINS, 'coalesce(n_masks, 0)')},
          coalesce(n_labels, 0), bytes, coalesce(label_set_id, 0),
          coalesce(flags, 0)
        FROM (FROM stage_images WHERE ${slice}) i JOIN cases c ON i.case_id = c.case_id
          LEFT JOIN (FROM image_labels WHERE ${slice}) l ON i.image_id = l.image_id
          LEFT JOIN set_ids s ON l.h1 = s.h1 AND l.h2 = s.h2
          LEFT JOIN (FROM image_flags WHERE ${slice}) f ON i.image_id = f.image_id
        ORDER BY i.image_id`,
      'DROP TABLE image_labels',
      'DROP TABLE set_ids',
      'DROP TABLE image_flags',
      'DROP TABLE stage_images',
    ],
  },
  {
    name: 'masks',
    statements: [
      createTableSql('masks'),
      // A parallel join hands blocks of rows on out of order, so they are sorted again.
      slice => `INSERT INTO masks
        SELECT m.image_id, label_id, instance, area,
          ${binSql(AREA_SHARE_BINS, SHARE_SQL)}, dataset_id, submodality_id, axis_id,
          width_bin, height_bin, aspect_bin, masks_bin, flags
        FROM (FROM stage_masks WHERE ${slice}) m
          LEFT JOIN (FROM images WHERE ${slice}) i ON m.image_id = i.image_id
        ORDER BY m.image_id, label_id, instance`,
      createTableSql('mask_boxes'),
      `INSERT INTO mask_boxes SELECT image_id, label_id, instance, x0, y0, x1, y1
        FROM stage_masks WHERE x0 IS NOT NULL`,
      'DROP TABLE stage_masks',
    ],
  },
  {
    name: 'cubes',
    statements: [
      createTableSql('cube_images'),
      `INSERT INTO cube_images
        SELECT ${GRAIN}, label_set_id, count(*)::UINTEGER, sum(n_masks)::UINTEGER,
          count(bytes)::UINTEGER, coalesce(sum(bytes), 0)::UBIGINT
        FROM images GROUP BY ${GRAIN}, label_set_id
        ORDER BY ${GRAIN}, label_set_id`,
      createTableSql('cube_labels'),
      `CREATE TABLE cube_slices AS FROM cube_labels LIMIT 0`,
      slice => `INSERT INTO cube_slices
        WITH per_image AS (
          SELECT image_id, label_id, count(*)::UINTEGER AS n FROM masks WHERE ${slice} GROUP BY ALL)
        SELECT ${GRAIN}, label_id, count(*)::UINTEGER, sum(n)::UINTEGER
        FROM per_image JOIN (FROM images WHERE ${slice}) USING (image_id) GROUP BY ${GRAIN}, label_id`,
      `INSERT INTO cube_labels
        SELECT ${GRAIN}, label_id, sum(images)::UINTEGER, sum(masks)::UINTEGER
        FROM cube_slices GROUP BY ${GRAIN}, label_id
        ORDER BY ${GRAIN}, label_id`,
      'DROP TABLE cube_slices',
      createTableSql('cube_areas'),
      `INSERT INTO cube_areas
        SELECT ${GRAIN}, label_id, area_bin, count(*)::UINTEGER
        FROM masks WHERE area_bin IS NOT NULL GROUP BY ${GRAIN}, label_id, area_bin
        ORDER BY ${GRAIN}, label_id, area_bin`,
    ],
  },
]
