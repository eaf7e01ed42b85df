import type { GridLayout } from './grid-layout'

/**
 * The picture that a key goes to from another: arrows to its neighbours, Page Up and Page Down by
 * rows, Home and End to both ends of everything.
 *
 * @param key As in KeyboardEvent.
 * @param pageRows Rows that fit into the window.
 * @returns null if the key does not move.
 */
export function moveFocus(
  layout: GridLayout,
  from: number,
  key: string,
  pageRows: number,
): number | null {
  const last = layout.count - 1
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, from - 1)
    case 'ArrowRight':
      return Math.min(last, from + 1)
    case 'ArrowUp':
      return moveRows(layout, from, -1)
    case 'ArrowDown':
      return moveRows(layout, from, 1)
    case 'PageUp':
      return moveRows(layout, from, -Math.max(1, pageRows))
    case 'PageDown':
      return moveRows(layout, from, Math.max(1, pageRows))
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

/** The picture in the same column some rows on; the nearest one there is. */
function moveRows(layout: GridLayout, from: number, by: number): number {
  const start = layout.rowOf(from)
  const column = from - layout.row(start).first
  const step = Math.sign(by)
  let row = Math.max(0, Math.min(start + by, layout.rows - 1))
  // A heading holds no picture: go past it, or, before the first one, back.
  while (layout.row(row).kind === 'head') row += row + step < 0 ? 1 : step
  const { first, count } = layout.row(row)
  if (row === start) return by < 0 ? first : first + count - 1
  return first + Math.min(column, count - 1)
}
