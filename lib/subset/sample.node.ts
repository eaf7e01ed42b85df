import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Dimensions } from '../filter/dimensions'
import { seededHashSql } from '../queries/seeded-hash'
import { integer, type Sql, sql } from '../sql'
import { keepSlices } from './keep-slices.node.ts'
import { type Recipe, slicesOf } from './recipe'
import { isShared, type SampleKey } from './sampling'
import { keepShared, type SampleReport } from './shared-sample.node.ts'

/**
 * Gives each way of taking images an order of its own, so that no step biases the next. In a shared order, the first
 * images of long volumes would mostly precede those of short volumes, and a limit per dataset would prefer long
 * volumes.
 */
const SLICES_TURN = 0x51_1ce5
const SAMPLE_TURN = 0x5a_3b1e
const CAP_TURN = 0xca_9e1d

/**
 * Remove images from `subset_images`: first slices, then the sample per key value, then the limit per dataset. The
 * choice depends only on the images present, their labels, and the seed.
 *
 * @param masks Masks of at least these images (image_id and label_id); null for all their masks.
 * @returns Counts per value of a sample per label or organ; null for other recipes, and for recipes of version 1.
 */
export async function sampleSubset(
  engine: NodeEngine,
  dimensions: Dimensions,
  recipe: Recipe,
  masks: Sql | null,
): Promise<SampleReport | null> {
  const { version, sample, cap, seed } = recipe
  const slices = slicesOf(recipe)
  if (slices) await keepSlices(engine, slices, (seed ^ SLICES_TURN) >>> 0)
  // Recipes of version 1 must keep selecting the same images.
  const orderOf = (turn: number) => (version === 1 ? seed : (seed ^ turn) >>> 0)
  const order = orderOf(SAMPLE_TURN)
  if (version === 2 && sample && isShared(sample.per)) {
    const { per, count, rule = 'cap' } = sample
    return keepShared(engine, dimensions, { per, count, rule }, { order, cap, masks })
  }
  if (sample) await keepFirst(engine, keyedSql(sample.per, masks), sample.count, order)
  if (cap !== undefined) await keepFirst(engine, keyedSql('dataset', masks), cap, orderOf(CAP_TURN))
  return null
}

/** Values of a sample's key for each image of the subset. */
function keyedSql(key: SampleKey, masks: Sql | null): Sql {
  const images = sql`subset_images JOIN images USING (image_id)`
  const labels = sql`(${masks ?? sql`FROM masks`}) SEMI JOIN subset_images USING (image_id) JOIN labels USING (label_id)`
  const statements: Readonly<Record<SampleKey, Sql>> = {
    all: sql`SELECT image_id, 0 AS key FROM subset_images`,
    modality: sql`SELECT image_id, modality AS key FROM ${images}
      JOIN submodalities USING (submodality_id)`,
    dataset: sql`SELECT image_id, dataset_id AS key FROM ${images}`,
    case: sql`SELECT image_id, case_id AS key FROM ${images}`,
    patient: sql`SELECT image_id, patient_id AS key FROM ${images}
      JOIN (SELECT case_id, patient_id FROM cases) USING (case_id)`,
    organ: sql`SELECT DISTINCT image_id, coalesce(organ, '') AS key FROM ${labels}`,
    label: sql`SELECT DISTINCT image_id, label AS key FROM ${labels}`,
  }
  return statements[key]
}

/** Keep the first images of each key, in a shuffle that depends only on id and seed. */
async function keepFirst(engine: NodeEngine, keyed: Sql, count: number, seed: number) {
  await engine.rows(
    sql`CREATE OR REPLACE TABLE subset_images AS
    SELECT DISTINCT image_id FROM (
      SELECT image_id, row_number() OVER (PARTITION BY key ORDER BY hash) AS nth
      FROM (SELECT image_id, key, ${seededHashSql(sql`image_id`, seed)} AS hash
        FROM (${keyed})))
    WHERE nth <= ${integer(count)}`,
  )
}
