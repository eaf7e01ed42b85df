import type { Dimensions } from '../filter/dimensions'
import type { Selection } from '../filter/selection'

/** The labels whose masks count, as 1 by label id, for three purposes. Equal choices are the same array. */
export interface Choices {
  /** For totals: under a mask facet, an image is selected if it has one of these labels. */
  readonly selected: Uint8Array
  /** For mask facets. */
  readonly counted: Uint8Array
  /** For the facets `label` and `union`: also merged labels that could still be picked. */
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
