import type { GridShape } from './grid-layout'
import type { Density } from './view'

/** px between two pictures, and below a caption. */
export const GAP = 8

/** px of the two lines below a picture. */
const CAPTION = 32

/** px of a case's heading. */
export const HEAD = 30

/** Number and size of the pictures in a row. */
export interface Cells extends GridShape {
  /** Width of a cell, px. */
  readonly cellWidth: number
  readonly pictureHeight: number
}

/**
 * As many pictures per row as fit, at least two.
 *
 * @param width px of the grid.
 */
export function cellsFor(width: number, density: Density): Cells {
  const columns = Math.max(2, Math.floor((width + GAP) / (density + GAP)))
  const cellWidth = Math.max(1, Math.floor((width - (columns - 1) * GAP) / columns))
  const pictureHeight = Math.min(density, cellWidth)
  return {
    columns,
    cellWidth,
    pictureHeight,
    rowHeight: pictureHeight + CAPTION + GAP,
    headHeight: HEAD,
  }
}
