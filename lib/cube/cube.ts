import type { Cells } from './cells'
import type { LabelSets } from './label-sets'

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
  /** Counts by cell, label and bin of the share of the image that masks cover; not of masks not measured. */
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
