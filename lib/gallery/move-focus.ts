import type { GridLayout } from './grid-layout'

/**
 * The picture that a key moves to: arrows to neighbours, Page Up and Page Down by `pageRows`, Home and End to the
 * ends of the list.
 *
 * @param key As in KeyboardEvent.
 * @param pageRows Rows that fit into the window.
 * @returns Null if the key does not move.
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

/** The picture in the same column `by` rows further, or the nearest picture to that place. */
function moveRows(layout: GridLayout, from: number, by: number): number {
  const start = layout.rowOf(from)
  const column = from - layout.row(start).first
  const step = Math.sign(by)
  let row = Math.max(0, Math.min(start + by, layout.rows - 1))
  // A heading has no picture: skip it, or turn back before the first row.
  while (layout.row(row).kind === 'head') row += row + step < 0 ? 1 : step
  const { first, count } = layout.row(row)
  if (row === start) return by < 0 ? first : first + count - 1
  return first + Math.min(column, count - 1)
}
