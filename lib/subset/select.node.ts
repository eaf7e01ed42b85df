import type { NodeEngine } from '../engine/duckdb.node.ts'
import type { Dimensions } from '../filter/dimensions'
import { hasMaskFacets, type Selection } from '../filter/selection'
import { maskRows, selectedMasksWhere } from '../queries/where'
import { ident, type Sql, sql } from '../sql'
import { isVersioned, type Recipe, type RecipeStep } from './recipe'
import { sampleSubset } from './sample.node.ts'
import type { SampleReport } from './shared-sample.node.ts'
import { selectionOf, stepImagesWhere } from './step-images'

/**
 * Fill the tables `subset_images` (image_id) and `subset_masks` (image_id, label_id, instance, area) with what a recipe
 * selects, including sampling. Splits are made later.
 *
 * @returns As `sampleSubset`.
 * @throws UserError for a filter that the manifest does not understand.
 */
export async function selectSubset(
  engine: NodeEngine,
  dimensions: Dimensions,
  recipe: Recipe,
): Promise<SampleReport | null> {
  await engine.run('CREATE OR REPLACE TABLE subset_images (image_id UINTEGER)')
  await engine.run(
    'CREATE OR REPLACE TABLE subset_masks (image_id UINTEGER, label_id USMALLINT, instance USMALLINT, area UINTEGER)',
  )
  const [first] = recipe.steps
  if (first?.op === 'add' && recipe.steps.length === 1) {
    // In the usual case, masks of images that sampling removes are never stored.
    const selection = selectionOf(first, dimensions, recipe.version)
    await run(
      engine,
      sql`CREATE OR REPLACE TABLE subset_images AS
      SELECT image_id FROM images WHERE ${stepImagesWhere(first, selection)}`,
    )
    const masks = masksSql(selection, 'subset_images')
    const some = selection && selectsMasks(selection) ? masks : null
    const sampled = await sampleSubset(engine, dimensions, recipe, some)
    await run(
      engine,
      sql`CREATE OR REPLACE TABLE subset_masks AS
      FROM (${masks}) SEMI JOIN subset_images USING (image_id)`,
    )
    return sampled
  }
  // A first step that removes images starts from all images.
  if (first && first.op !== 'add' && first.op !== 'pick')
    await takeStep(engine, dimensions, recipe, { op: 'add', where: '' })
  for (const step of recipe.steps) await takeStep(engine, dimensions, recipe, step)
  const sampled = await sampleSubset(engine, dimensions, recipe, sql`FROM subset_masks`)
  if (isVersioned(recipe)) await dropOrphans(engine)
  return sampled
}

const run = (engine: NodeEngine, statement: Sql) => engine.rows(statement)

async function takeStep(
  engine: NodeEngine,
  dimensions: Dimensions,
  { version }: Recipe,
  step: RecipeStep,
) {
  const selection = selectionOf(step, dimensions, version)
  await run(
    engine,
    sql`CREATE OR REPLACE TEMP TABLE step_images AS
    SELECT image_id FROM images WHERE ${stepImagesWhere(step, selection)}`,
  )
  const drops = step.op === 'subtract' || step.op === 'drop'
  if (drops) {
    await engine.run('DELETE FROM subset_images WHERE image_id IN (FROM step_images)')
    return dropOrphans(engine)
  }
  await run(
    engine,
    sql`CREATE OR REPLACE TEMP TABLE step_masks AS ${masksSql(selection, 'step_images')}`,
  )
  if (step.op === 'intersect') {
    await engine.run('DELETE FROM subset_images WHERE image_id NOT IN (FROM step_images)')
    await engine.run(`CREATE OR REPLACE TABLE subset_masks AS
      FROM subset_masks SEMI JOIN step_masks USING (image_id, label_id, instance)`)
    return
  }
  await engine.run(
    'INSERT INTO subset_images FROM step_images ANTI JOIN subset_images USING (image_id)',
  )
  await engine.run(`INSERT INTO subset_masks
    FROM step_masks ANTI JOIN subset_masks USING (image_id, label_id, instance)`)
}

/** Whether a selection can have only some of the masks of its images. */
const selectsMasks = (selection: Selection): boolean =>
  hasMaskFacets(selection) || selection.required.length > 0

/** Masks that a step adds: the selected masks, or all masks of its images if no filter is about masks. */
function masksSql(selection: Selection | null, images: 'step_images' | 'subset_images'): Sql {
  if (selection && selectsMasks(selection))
    return sql`SELECT image_id, label_id, instance, area FROM ${maskRows(selection)}
      WHERE ${selectedMasksWhere(selection)}`
  return sql`SELECT image_id, label_id, instance, area FROM masks SEMI JOIN ${ident(images)} USING (image_id)`
}

/** Remove the masks of images that are no longer in the subset. */
export const dropOrphans = (engine: NodeEngine) =>
  engine.run('DELETE FROM subset_masks WHERE image_id NOT IN (FROM subset_images)')
