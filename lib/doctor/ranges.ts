/** Bytes [start, end) of an archive, counted from the start of its first part over all parts. */
export interface Range {
  readonly start: number
  readonly end: number
}

/**
 * The ranges in order, without overlaps; neighbours are joined.
 *
 * @param gapBytes Ranges with at most so many bytes between them are joined too.
 */
export function mergeRanges(ranges: readonly Range[], gapBytes = 0): Range[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (end <= start) continue
    if (last && start <= last.end + gapBytes) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}

/** What two ranges share; its `end` is at most its `start` if they share nothing. */
export const shared = (a: Range, b: Range): Range => ({
  start: Math.max(a.start, b.start),
  end: Math.min(a.end, b.end),
})

export const overlap = (a: Range, b: Range): boolean => a.start < b.end && b.start < a.end

/** The pieces of ranges that lie in one range. */
export const within = (ranges: readonly Range[], limits: Range): Range[] =>
  ranges.map(range => shared(range, limits)).filter(({ start, end }) => start < end)

/**
 * What is left of ranges without others.
 *
 * @param taken Merged.
 */
export function without(ranges: readonly Range[], taken: readonly Range[]): Range[] {
  const left: Range[] = []
  for (const { start, end } of mergeRanges(ranges)) {
    let from = start
    for (const other of taken) {
      if (other.end <= from || other.start >= end) continue
      if (other.start > from) left.push({ start: from, end: other.start })
      from = Math.max(from, other.end)
    }
    if (from < end) left.push({ start: from, end })
  }
  return left
}

/** A range cut where parts begin. */
export function cutAt({ start, end }: Range, starts: readonly number[]): Range[] {
  const cuts = starts.filter(each => each > start && each < end)
  return [start, ...cuts].map((from, i) => ({ start: from, end: cuts[i] ?? end }))
}

export const bytesIn = (ranges: readonly Range[]): number =>
  ranges.reduce((sum, { start, end }) => sum + end - start, 0)

/** Cuts ranges into pieces of at most so many bytes. */
export function* pieces(ranges: readonly Range[], most: number): Generator<Range> {
  for (const { start, end } of ranges)
    for (let from = start; from < end; from += most)
      yield { start: from, end: Math.min(end, from + most) }
}
