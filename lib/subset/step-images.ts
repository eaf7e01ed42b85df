import { askedFilter } from '../filter/asked-filter'
import type { Dimensions } from '../filter/dimensions'
import { resolveFilter, type Selection } from '../filter/selection'
import { selectedImagesWhere } from '../queries/where'
import { integers, type Sql, sql } from '../sql'
import type { RecipeStep } from './recipe'

/**
 * What a step's filter selects; null for a step of ids.
 *
 * @throws UserError for a filter that the manifest does not understand.
 */
export const selectionOf = (step: RecipeStep, dimensions: Dimensions): Selection | null =>
  'where' in step
    ? resolveFilter(askedFilter(step.where, dimensions, step.where), dimensions)
    : null

/** Which images a step is about, over images; see `selectionOf`. */
export const stepImagesWhere = (step: RecipeStep, selection: Selection | null): Sql => {
  if (selection) return selectedImagesWhere(selection)
  return sql`image_id IN ${integers('images' in step ? step.images : [])}`
}
