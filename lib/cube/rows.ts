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
    /** Label and bin of area at once, as `kindOf` puts them together. */
    readonly kind: Uint16Array | Uint32Array
    /** px; 0 where not measured. */
    readonly area: Uint32Array
  }
  /** Masks of image i are at `starts[i]` up to, not with, `starts[i + 1]`. */
  readonly starts: Uint32Array
  readonly cases: CaseRuns & {
    /** Patient of each case, by its id. */
    readonly patient: Uint32Array
  }
}

/** Images of one case that follow each other; a case with several modalities has several runs. */
export interface CaseRuns {
  /** First image of each run. */
  readonly first: Uint32Array
  /** Case of each run. */
  readonly id: Uint32Array
}

export const UNKNOWN_BYTES = 2 ** 32 - 1

/** Bits of a kind that are the bin of area; the label is above them. */
export const KIND_BITS = 5
/** The bin of areas that are not measured, within a kind: all its bits are set. */
export const UNKNOWN_AREA = 31

/** Label and bin of area (of at most 31, or `UNKNOWN_BIN`) in one number. */
export const kindOf = (label: number, areaBin: number): number =>
  (label << KIND_BITS) | (areaBin & UNKNOWN_AREA)

/**
 * Room for that many rows.
 *
 * @param labels Number of labels: up to 2,048 of them leave kinds in two bytes.
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
 * Find where the masks of each image are, once all rows are there.
 *
 * @param rows Whose `starts` hold each image's number of masks, one place further on.
 * @throws RangeError if the images count other masks than there are.
 */
export function indexMasks({ masks, starts }: Pick<Rows, 'masks' | 'starts'>): void {
  for (let image = 0; image + 1 < starts.length; image++)
    starts[image + 1] = (starts[image] as number) + (starts[image + 1] as number)
  const counted = starts[starts.length - 1] as number
  if (counted !== masks.kind.length)
    throw new RangeError(`the images count ${counted} masks, there are ${masks.kind.length}`)
}
