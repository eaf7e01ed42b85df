import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import type { Cells } from './cells'
import { failedCells } from './failed-cells'
import type { Question } from './tally'

/** A question, and the filter that decides which part of it the cubes can answer. */
export interface FilterQuestion extends Question {
  readonly filter: Filter
}

/** The part of a question that follows from its filter. */
export type AskedFilter = Pick<FilterQuestion, 'filter' | 'selection' | 'failed' | 'wants'>

/** The part that all questions about a filter have. */
export const askFilter = (
  cells: Cells,
  dimensions: Dimensions,
  filter: Filter,
  wants: Question['wants'],
): AskedFilter => ({
  filter,
  wants,
  selection: resolveFilter(filter, dimensions),
  failed: failedCells(cells, filter, dimensions),
})
