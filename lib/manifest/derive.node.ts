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
import { createTableSql } from './tables'

/**
 * From staged rows to the manifest's tables: counts per image, bins, label sets, flags, cubes.
 * Tables `quality` and `duplicates` give flags if they are staged; a staged `locator` gives `duplicates`.
 *
 * @returns Whether there is a table `duplicates` then.
 * Every step is one statement; DuckDB spills to disk where a step outgrows its memory limit.
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
  for (const step of [flagStep(staged), ...STEPS]) {
    const start = performance.now()
    for (const statement of step.statements) await engine.run(statement)
    log(`${step.name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  }
  return { duplicates: staged.has('duplicates') || staged.has('locator') }
}

const GRAIN = CUBE_GRAIN.join(', ')

interface Step {
  readonly name: string
  readonly statements: readonly string[]
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
      `CREATE TABLE image_labels AS
        SELECT image_id, count(*)::USMALLINT AS n_labels, sum(n)::USMALLINT AS n_masks,
          sum(hash(label_id)::HUGEINT) AS h1, sum(hash(label_id + 1000003)::HUGEINT) AS h2
        FROM (SELECT image_id, label_id, count(*) AS n FROM stage_masks GROUP BY ALL) GROUP BY image_id`,
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
      `INSERT INTO images
        SELECT i.image_id, i.dataset_id, submodality_id, i.case_id, case_name, axis_id, slice,
          width, height, ${binSql(SIZE_BINS, 'width')}, ${binSql(SIZE_BINS, 'height')},
          ${binSql(ASPECT_BINS, ASPECT_SQL)},
          coalesce(n_masks, 0), ${binSql(MASK_COUNT_BINS, 'coalesce(n_masks, 0)')},
          coalesce(n_labels, 0), bytes, coalesce(label_set_id, 0),
          coalesce(flags, 0)
        FROM stage_images i JOIN cases c ON i.case_id = c.case_id
          LEFT JOIN image_labels l ON i.image_id = l.image_id
          LEFT JOIN set_ids s ON l.h1 = s.h1 AND l.h2 = s.h2
          LEFT JOIN image_flags f ON i.image_id = f.image_id
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
      `INSERT INTO masks
        SELECT m.image_id, label_id, instance, area,
          ${binSql(AREA_SHARE_BINS, SHARE_SQL)}, dataset_id, submodality_id, axis_id,
          width_bin, height_bin, aspect_bin, masks_bin, flags
        FROM stage_masks m LEFT JOIN images i ON m.image_id = i.image_id
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
      `INSERT INTO cube_labels
        WITH per_image AS (
          SELECT image_id, label_id, count(*)::UINTEGER AS n FROM masks GROUP BY image_id, label_id)
        SELECT ${GRAIN}, label_id, count(*)::UINTEGER, sum(n)::UINTEGER
        FROM per_image p JOIN images i USING (image_id) GROUP BY ${GRAIN}, label_id
        ORDER BY ${GRAIN}, label_id`,
      createTableSql('cube_areas'),
      `INSERT INTO cube_areas
        SELECT ${GRAIN}, label_id, area_bin, count(*)::UINTEGER
        FROM masks WHERE area_bin IS NOT NULL GROUP BY ${GRAIN}, label_id, area_bin
        ORDER BY ${GRAIN}, label_id, area_bin`,
    ],
  },
]
