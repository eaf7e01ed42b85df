import { askedFilter } from '../filter/asked-filter'
import type { Dimensions } from '../filter/dimensions'
import { resolveFilter, type Selection } from '../filter/selection'
import { selectedImagesWhere } from '../queries/where'
import { integers, type Sql, sql } from '../sql'
import { withOldAll } from './old-where'
import type { Recipe, RecipeStep } from './recipe'

/**
 * The selection of a step's filter; null for a step of ids.
 *
 * @param version Version of the recipe.
 * @throws UserError for a filter that the manifest does not understand.
 */
export function selectionOf(
  step: RecipeStep,
  dimensions: Dimensions,
  version: Recipe['version'],
): Selection | null {
  if (!('where' in step)) return null
  const filter = askedFilter(step.where, dimensions, step.where)
  const selection = resolveFilter(filter, dimensions)
  return version === 1 ? withOldAll(selection, filter, dimensions) : selection
}

/** The condition over images that a step selects by; see `selectionOf`. */
export const stepImagesWhere = (step: RecipeStep, selection: Selection | null): Sql => {
  if (selection) return selectedImagesWhere(selection)
  return sql`image_id IN ${integers('images' in step ? step.images : [])}`
}
