import type { Cells } from './cells'

/** The counted rows of a manifest's cubes as columns in memory, put together by cell. */
export interface Cube {
  readonly cells: Cells
  readonly images: ImageGroups
  /** Counts by cell and label. */
  readonly labels: {
    /** Rows of cell c are at `starts[c]` up to, not with, `starts[c + 1]`. */
    readonly starts: Uint32Array
    readonly label: Uint16Array
    /** Images of the cell with at least one mask of the label. */
    readonly images: Uint32Array
    readonly masks: Uint32Array
  }
  /** Counts by cell, label and bin of the share of the image that masks cover. */
  readonly areas: {
    readonly starts: Uint32Array
    readonly label: Uint16Array
    readonly area: Uint8Array
    readonly masks: Uint32Array
  }
  readonly sets: LabelSets
}

/** Images by cell and label set: a group is a row here, and its position is its id. */
export interface ImageGroups {
  /** Groups of cell c are `starts[c]` up to, not with, `starts[c + 1]`, by label set. */
  readonly starts: Uint32Array
  /** Cell of each group. */
  readonly cell: Uint32Array
  readonly set: Uint32Array
  readonly images: Uint32Array
  /** Masks of those images. */
  readonly masks: Uint32Array
  /** Images whose size in bytes is known. */
  readonly sized: Uint32Array
  /** Sum of the known sizes. */
  readonly bytes: Float64Array
}

/**
 * The label sets by label: label l is in `sets[starts[l]]` up to, not with, `sets[starts[l + 1]]`.
 * A filter on few labels visits few sets.
 */
export interface LabelSets {
  readonly starts: Uint32Array
  readonly sets: Uint32Array
  /** Number of sets, the empty one included. */
  readonly count: number
}

/**
 * Rows (label_set_id, label_id) → label sets by label. A set without a row is empty.
 *
 * @param count One more than the highest set id of the images.
 */
export function labelSetsOf(
  setIds: ArrayLike<number>,
  labelIds: ArrayLike<number>,
  count: number,
): LabelSets {
  let labels = 0
  for (let row = 0; row < labelIds.length; row++)
    labels = Math.max(labels, (labelIds[row] as number) + 1)
  const starts = new Uint32Array(labels + 1)
  for (let row = 0; row < labelIds.length; row++) {
    const after = (labelIds[row] as number) + 1
    starts[after] = (starts[after] as number) + 1
  }
  for (let label = 0; label < labels; label++)
    starts[label + 1] = (starts[label + 1] as number) + (starts[label] as number)
  const sets = new Uint32Array(labelIds.length)
  const next = starts.slice()
  for (let row = 0; row < labelIds.length; row++) {
    const label = labelIds[row] as number
    const position = next[label] as number
    sets[position] = setIds[row] as number
    next[label] = position + 1
  }
  return { starts, sets, count }
}
