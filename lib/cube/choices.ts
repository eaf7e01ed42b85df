import type { Dimensions } from '../filter/dimensions'
import type { Selection } from '../filter/selection'

/** Whose masks count for what, as 1 by label id. The same array where it is the same choice. */
export interface Choices {
  /** In totals: an image of a mask facet is selected for having one of these labels. */
  readonly selected: Uint8Array
  /** In mask facets. */
  readonly counted: Uint8Array
  /** In the facets `label` and `union`: merged labels that could be picked too. */
  readonly shown: Uint8Array
}

export function choicesOf(selection: Selection, dimensions: Dimensions): Choices {
  const selected = chosenLabels(selection, dimensions)
  if (selection.aside.length === 0) return { selected, counted: selected, shown: selected }
  if (selection.labelIds === null)
    return { selected, counted: withLabels(selected, selection.aside, 0), shown: selected }
  return { selected, counted: selected, shown: withLabels(selected, selection.aside, 1) }
}

/** 1 for each label id that is selected. */
export function chosenLabels(
  { labelIds }: Pick<Selection, 'labelIds'>,
  { labels }: Dimensions,
): Uint8Array {
  const none = new Uint8Array(labels.length)
  return labelIds === null ? none.fill(1) : withLabels(none, labelIds, 1)
}

function withLabels(chosen: Uint8Array, ids: readonly number[], value: 0 | 1): Uint8Array {
  const changed = chosen.slice()
  for (const id of ids) changed[id] = value
  return changed
}
