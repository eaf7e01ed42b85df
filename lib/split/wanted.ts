/** What splits should have. */
export interface Wanted {
  /** Images of each split, in order; a split of 0 gets nothing. */
  readonly images: readonly number[]
  /** If given, images that each split needs at least, and more than `images` is no fault. */
  readonly floors?: readonly number[]
  /** A split that only takes what is left over: no dataset has to be in it. */
  readonly spare?: number
  /** Images that a split may be off. */
  readonly tolerance: number
  /** Images that are not worth an exchange, even of units that are alike. */
  readonly fine: number
}

/** Splits of units. */
export interface Assigned {
  /** Split of each unit, by its id. */
  readonly splitOf: ReadonlyMap<number, number>
  /** Images of each split. */
  readonly held: readonly number[]
}

/** Images by which the worst split misses what it should have. */
export const offBy = (held: readonly number[], wanted: Pick<Wanted, 'images' | 'floors'>): number =>
  wanted.images.reduce((worst, _, split) => Math.max(worst, missOf(held, wanted, split)), 0)

function missOf(
  held: readonly number[],
  { images, floors }: Pick<Wanted, 'images' | 'floors'>,
  split: number,
): number {
  const has = held[split] ?? 0
  return floors ? Math.max((floors[split] ?? 0) - has, 0) : Math.abs(has - (images[split] ?? 0))
}
