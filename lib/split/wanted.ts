/** The sizes that splits should have. */
export interface Wanted {
  /** Images of each split; a split with 0 stays empty. */
  readonly images: readonly number[]
  /** Minimum number of images of each split. If given, more than `images` is no error. */
  readonly floors?: readonly number[]
  /** The split for images beyond all numbers; no dataset has to be in it. */
  readonly spare?: number
  /** Images by which a split may miss its size. */
  readonly tolerance: number
  /** Images below which an improvement is not worth an exchange, even of similar units. */
  readonly fine: number
}

/** The result of assigning units to splits. */
export interface Assigned {
  /** Split of each unit, by its id. */
  readonly splitOf: ReadonlyMap<number, number>
  /** Images of each split. */
  readonly held: readonly number[]
}

/** The largest number of images by which a split misses its size. */
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
