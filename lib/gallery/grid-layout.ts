/** Heights of a grid's rows in px, including gaps. */
export interface GridShape {
  /** Pictures per row, at least 1. */
  readonly columns: number
  readonly rowHeight: number
  /** Height of a group's heading; ignored without groups. */
  readonly headHeight: number
}

/** One row: a group's heading, or up to `columns` pictures. */
export interface GridRow {
  readonly kind: 'head' | 'pictures'
  /** Position of the group; 0 without groups. */
  readonly group: number
  /** Position of the row's first picture; for a heading, of the group's first picture. */
  readonly first: number
  /** Pictures in the row; for a heading, in the group. */
  readonly count: number
  /** px from the top of the content. */
  readonly top: number
  readonly height: number
}

/** Position of each row of a grid, computed on demand, so that no memory is needed per picture. */
export interface GridLayout {
  readonly count: number
  readonly columns: number
  readonly rows: number
  /** px of all rows together. */
  readonly height: number
  /** The row with an index, 0 to `rows` - 1. */
  row(index: number): GridRow
  /** Index of the row at an offset from the top; the first or last row for offsets outside. */
  rowAt(offset: number): number
  /** Index of the row that contains a picture. */
  rowOf(picture: number): number
}

/** A grid without groups. */
export function plainLayout(count: number, { columns, rowHeight }: GridShape): GridLayout {
  const rows = Math.ceil(count / columns)
  return {
    count,
    columns,
    rows,
    height: rows * rowHeight,
    row: index => ({
      kind: 'pictures',
      group: 0,
      first: index * columns,
      count: Math.min(columns, count - index * columns),
      top: index * rowHeight,
      height: rowHeight,
    }),
    rowAt: offset => clamp(Math.floor(offset / rowHeight), rows - 1),
    rowOf: picture => Math.floor(picture / columns),
  }
}

/**
 * A grid with groups. Each group has a heading and begins a new row.
 *
 * @param starts Position of each group's first picture, ascending from 0; groups are not empty.
 */
export function groupedLayout(starts: Uint32Array, count: number, shape: GridShape): GridLayout {
  const { columns, rowHeight, headHeight } = shape
  const groups = starts.length
  const sizeOf = (group: number) => (starts[group + 1] ?? count) - (starts[group] as number)
  // Row index of each group's heading; the last element is the number of rows.
  const heads = new Uint32Array(groups + 1)
  for (let group = 0; group < groups; group++)
    heads[group + 1] = (heads[group] as number) + 1 + Math.ceil(sizeOf(group) / columns)
  const rows = heads[groups] as number
  const topOfGroup = (group: number) =>
    group * headHeight + ((heads[group] as number) - group) * rowHeight
  return {
    count,
    columns,
    rows,
    height: topOfGroup(groups),
    row(index) {
      const group = lastAtMost(groups, at => (heads[at] as number) <= index)
      const start = starts[group] as number
      const top = topOfGroup(group)
      const line = index - (heads[group] as number) - 1
      if (line < 0)
        return { kind: 'head', group, first: start, count: sizeOf(group), top, height: headHeight }
      return {
        kind: 'pictures',
        group,
        first: start + line * columns,
        count: Math.min(columns, sizeOf(group) - line * columns),
        top: top + headHeight + line * rowHeight,
        height: rowHeight,
      }
    },
    rowAt(offset) {
      const group = lastAtMost(groups, at => topOfGroup(at) <= offset)
      const below = offset - topOfGroup(group) - headHeight
      const line = below < 0 ? 0 : 1 + Math.floor(below / rowHeight)
      return clamp((heads[group] as number) + line, rows - 1)
    },
    rowOf(picture) {
      const group = lastAtMost(groups, at => (starts[at] as number) <= picture)
      const line = Math.floor((picture - (starts[group] as number)) / columns)
      return (heads[group] as number) + 1 + line
    },
  }
}

const clamp = (value: number, max: number) => Math.max(0, Math.min(value, max))

/**
 * Binary search: the last of n positions for which `holds` is true, if it is true up to some position; 0 if for
 * none.
 */
function lastAtMost(n: number, holds: (at: number) => boolean): number {
  let low = 0
  let high = n - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}
