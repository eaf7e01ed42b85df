/** Rows that Page Up and Page Down move. */
const PAGE = 10

/**
 * The row that a key moves to, of `count` rows; null for keys that do not move.
 *
 * @param columns Columns of a grid whose cells follow each other row by row; null for a list.
 */
export function nextRow(
  key: string,
  at: number,
  count: number,
  columns: number | null,
  isControl = false,
): number | null {
  const within = (row: number) => Math.max(0, Math.min(count - 1, row))
  if (columns === null || (isControl && (key === 'Home' || key === 'End'))) {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowRight: 1,
      ArrowUp: -1,
      ArrowLeft: -1,
      PageDown: PAGE,
      PageUp: -PAGE,
      Home: -count,
      End: count,
    }
    const step = steps[key]
    return step === undefined ? null : within(at + step)
  }
  const column = at % columns
  const last = columns - 1
  const inRow = (step: number) => at - column + Math.max(0, Math.min(last, column + step))
  const inColumn = (step: number) => {
    const row = Math.floor(at / columns) + step
    const rows = Math.ceil(count / columns)
    return within(Math.max(0, Math.min(rows - 1, row)) * columns + column)
  }
  switch (key) {
    case 'ArrowRight':
      return inRow(1)
    case 'ArrowLeft':
      return inRow(-1)
    case 'Home':
      return inRow(-columns)
    case 'End':
      return inRow(columns)
    case 'ArrowDown':
      return inColumn(1)
    case 'ArrowUp':
      return inColumn(-1)
    case 'PageDown':
      return inColumn(PAGE)
    case 'PageUp':
      return inColumn(-PAGE)
    default:
      return null
  }
}
