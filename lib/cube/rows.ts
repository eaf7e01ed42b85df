/** The rows of a manifest as columns in memory, in the order of the tables. */
export interface Rows {
  readonly images: {
    /** Position in the cube's `images`: the cell and the label set. */
    readonly group: Uint32Array
    /** px; 0 where not measured. */
    readonly width: Uint16Array
    readonly height: Uint16Array
    /** Size of the PNG in bytes; `UNKNOWN_BYTES` where not known. */
    readonly bytes: Uint32Array
  }
  readonly masks: {
    /** Label and area bin in one number; see `kindOf`. */
    readonly kind: Uint16Array | Uint32Array
    /** px; 0 where not measured. */
    readonly area: Uint32Array
  }
  /** Masks of image i are at `starts[i]` to `starts[i + 1]`, exclusive. */
  readonly starts: Uint32Array
  readonly cases: CaseRuns & {
    /** Patient of each case, by its id. */
    readonly patient: Uint32Array
  }
}

/** Runs of neighbouring images of one case. A case with several modalities has several runs. */
export interface CaseRuns {
  /** First image of each run. */
  readonly first: Uint32Array
  /** Case of each run. */
  readonly id: Uint32Array
}

export const UNKNOWN_BYTES = 2 ** 32 - 1

/** Lowest bits of a kind, which are the area bin; the label is above them. */
export const KIND_BITS = 5
/** The area bin of masks that are not measured, within a kind: all bits are set. */
export const UNKNOWN_AREA = 31

/** Label and area bin (at most 31, or `UNKNOWN_BIN`) in one number. */
export const kindOf = (label: number, areaBin: number): number =>
  (label << KIND_BITS) | (areaBin & UNKNOWN_AREA)

/**
 * Memory for the given numbers of rows.
 *
 * @param labels Number of labels; up to 2,048 of them, a kind fits two bytes.
 */
export const emptyRows = (images: number, masks: number, labels: number): Omit<Rows, 'cases'> => ({
  images: {
    group: new Uint32Array(images),
    width: new Uint16Array(images),
    height: new Uint16Array(images),
    bytes: new Uint32Array(images),
  },
  masks: {
    kind: kindOf(labels, 0) <= 2 ** 16 ? new Uint16Array(masks) : new Uint32Array(masks),
    area: new Uint32Array(masks),
  },
  starts: new Uint32Array(images + 1),
})

/**
 * Find where the masks of each image begin, once all rows are loaded.
 *
 * @param rows `starts[i + 1]` has the number of masks of image i.
 * @throws RangeError if these numbers do not add up to the number of masks.
 */
export function indexMasks({ masks, starts }: Pick<Rows, 'masks' | 'starts'>): void {
  for (let image = 0; image + 1 < starts.length; image++)
    starts[image + 1] = (starts[image] as number) + (starts[image + 1] as number)
  const counted = starts[starts.length - 1] as number
  if (counted !== masks.kind.length)
    throw new RangeError(
      `the images have ${counted} masks according to n_masks, but there are ${masks.kind.length}`,
    )
}
