import type { Cells } from './cells'
import type { LabelSets } from './label-sets'

/** The rows of a manifest's cubes as columns in memory, sorted by cell. */
export interface Cube {
  readonly cells: Cells
  readonly images: ImageGroups
  /** Counts by cell and label. */
  readonly labels: {
    /** Rows of cell c are at `starts[c]` to `starts[c + 1]`, exclusive. */
    readonly starts: Uint32Array
    readonly label: Uint16Array
    /** Images of the cell with at least one mask of the label. */
    readonly images: Uint32Array
    readonly masks: Uint32Array
  }
  /** Masks by cell, label and bin of the share of the image that they cover; without masks that are not measured. */
  readonly areas: {
    readonly starts: Uint32Array
    readonly label: Uint16Array
    readonly area: Uint8Array
    readonly masks: Uint32Array
  }
  readonly sets: LabelSets
}

/** Images by cell and label set. Each row is a group of images, and its position is the group's id. */
export interface ImageGroups {
  /** Groups of cell c are at `starts[c]` to `starts[c + 1]`, exclusive, in the order of their label sets. */
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
