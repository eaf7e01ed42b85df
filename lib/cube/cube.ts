/**
 * The counted cells of a manifest as columns in memory. A cell is one combination of image facets
 * and a label set, or a label.
 */
export interface CellFacets {
  readonly dataset: Uint16Array
  readonly submodality: Uint8Array
  readonly axis: Uint8Array
  /** Bins of width, height and number of masks; `UNKNOWN_BIN` where not measured. */
  readonly width: Uint8Array
  readonly height: Uint8Array
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

/** Labels of every set: set s has `labels[starts[s]]` up to, not with, `labels[starts[s + 1]]`. */
export interface LabelSets {
  readonly starts: Uint32Array
  readonly labels: Uint16Array
}

export interface Cube {
  readonly images: ImageCells
  readonly labels: LabelCells
  readonly sets: LabelSets
}

/** Stands for NULL in bin columns. */
export const UNKNOWN_BIN = 255

/**
 * Rows (label_set_id, label_id) in the order of the set → label sets. A set without a row is empty.
 *
 * @param setCount One more than the highest set id of the images.
 */
export function labelSetsOf(
  setIds: ArrayLike<number>,
  labelIds: ArrayLike<number>,
  setCount: number,
): LabelSets {
  const starts = new Uint32Array(setCount + 1)
  let row = 0
  for (let set = 0; set < setCount; set++) {
    starts[set] = row
    while (row < setIds.length && setIds[row] === set) row++
  }
  if (row !== setIds.length) throw new RangeError('label sets are not in the order of their ids')
  starts[setCount] = row
  return { starts, labels: Uint16Array.from(labelIds) }
}
