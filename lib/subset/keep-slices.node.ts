import type { NodeEngine } from '../engine/duckdb.node.ts'
import { seededHashSql } from '../queries/seeded-hash'
import { integer, type Sql, sql } from '../sql'
import type { SliceKey, Slices } from './sampling'

/** The column of cases that says whose slices are counted. */
const UNIT: Readonly<Record<SliceKey, Sql>> = { patient: sql`patient_id`, case: sql`case_id` }

/** 2^32 divided by the golden ratio. Multiples of this number modulo 2^32 are evenly spread. */
const GOLDEN = 2_654_435_769
const WORD = 2 ** 32

/** Remove images from `subset_images` so that volumes have fewer slices. */
export async function keepSlices(engine: NodeEngine, slices: Slices, seed: number): Promise<void> {
  const kept = 'every' in slices ? everySql(slices.every, seed) : spreadSql(slices, seed)
  await engine.rows(sql`CREATE OR REPLACE TABLE subset_images AS ${kept}`)
}

/**
 * Keep every n-th slice, counted along each axis of a case from a random start, over the slices that the subset has.
 * Images of all sub-modalities of a slice stay together. Pictures that are not slices are kept.
 *
 * Each slice has the same chance, so a series with fewer than `every` slices may lose all of them.
 */
function everySql(every: number, seed: number): Sql {
  const start = seededHashSql(sql`case_id::UBIGINT * 4 + axis_id`, seed)
  return sql`
    SELECT image_id FROM (
      SELECT image_id, slice, ${start} AS start,
        dense_rank() OVER (PARTITION BY case_id, axis_id ORDER BY slice) - 1 AS nth
      FROM subset_images JOIN images USING (image_id))
    WHERE slice IS NULL OR (nth + start) % ${integer(every)} = 0`
}

/**
 * Keep `count` images of each unit, or all if it has fewer. Each series (a sub-modality of a case along an axis) gets a
 * number in proportion to its length, rounded up or down. Its images are taken at equal distances. Starts are random
 * and differ between the series of a unit, so that each image has the same chance.
 */
function spreadSql({ per, count }: Exclude<Slices, { every: number }>, seed: number): Sql {
  // Limits n to the largest manifest, so that products do not overflow.
  const n = integer(Math.min(count, WORD))
  const unit = UNIT[per]
  // How many of the n go to the first `images` images of the unit: a running total.
  const dealt = (images: Sql) => sql`((${images}) * ${n} + first_start % total) // total`
  return sql`
    WITH members AS (
      SELECT image_id, ${unit} AS unit, case_id, submodality_id, axis_id, slice
      FROM subset_images JOIN images USING (image_id)
        JOIN (SELECT case_id, patient_id FROM cases) USING (case_id)),
    series AS (
      SELECT unit, case_id, submodality_id, axis_id, count(*) AS length
      FROM members GROUP BY ALL),
    placed AS (
      SELECT *, sum(length) OVER (PARTITION BY unit)::BIGINT AS total,
        (sum(length) OVER in_order - length)::BIGINT AS before,
        row_number() OVER in_order AS nth,
        ${seededHashSql(sql`unit`, seed)}::BIGINT AS first_start,
        ${seededHashSql(sql`unit`, seed + 1)}::BIGINT AS start
      FROM series WINDOW in_order AS (PARTITION BY unit ORDER BY case_id, submodality_id, axis_id)),
    shares AS (
      SELECT *, length * ((start + nth * ${integer(GOLDEN)}) % ${integer(WORD)}) // ${integer(WORD)} AS turn,
        CASE WHEN total <= ${n} THEN length
          ELSE ${dealt(sql`before + length`)} - ${dealt(sql`before`)} END AS share
      FROM placed)
    SELECT image_id FROM (
      SELECT *, row_number() OVER (PARTITION BY case_id, submodality_id, axis_id ORDER BY slice, image_id) - 1 AS place
      FROM members)
    JOIN shares USING (case_id, submodality_id, axis_id)
    WHERE (place * share + turn) % length >= length - share`
}
