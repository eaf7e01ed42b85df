/**
 * The counted cells of a manifest as columns in memory. A cell is one combination of image facets
 * and a label set, or a label.
 */
export interface CellFacets {
  readonly dataset: Uint16Array
  readonly submodality: Uint8Array
  readonly axis: Uint8Array
  /** Bins of width, height, aspect and number of masks; `UNKNOWN_BIN` where not measured. */
  readonly width: Uint8Array
  readonly height: Uint8Array
  readonly aspect: Uint8Array
  readonly masksBin: Uint8Array
}

export interface ImageCells extends CellFacets {
  /** Label set of the cell's images. */
  readonly set: Uint32Array
  readonly images: Uint32Array
  /** Masks of those images. */
  readonly masks: Uint32Array
  /** Images whose size in bytes is known. */
  readonly sized: Uint32Array
  /** Sum of the known sizes. */
  readonly bytes: Float64Array
}

export interface LabelCells extends CellFacets {
  readonly label: Uint16Array
  /** Images of the cell with at least one mask of the label. */
  readonly images: Uint32Array
  readonly masks: Uint32Array
}

export interface AreaCells extends CellFacets {
  readonly label: Uint16Array
  /** Bin of the share of the image that the cell's masks cover. */
  readonly area: Uint8Array
  readonly masks: Uint32Array
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

export interface Cube {
  readonly images: ImageCells
  readonly labels: LabelCells
  readonly areas: AreaCells
  readonly sets: LabelSets
}

/** Stands for NULL in bin columns. */
export const UNKNOWN_BIN = 255

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
