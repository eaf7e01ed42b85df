/**
 * Bins of the numeric image and mask attributes, fixed by the format. A bin is the half-open range
 * from its lower edge to the next one; the last bin has no upper end.
 */
export interface Bins {
  /** Lower edges, ascending; position is the bin's id. */
  readonly edges: readonly number[]
  readonly unit: string
}

/** Width and height in px. Bins are narrow around the most frequent sizes of the release (128, 224, 256, 512). */
export const SIZE_BINS: Bins = {
  edges: [
    0, 64, 96, 128, 160, 192, 224, 256, 320, 384, 448, 512, 576, 640, 768, 1024, 1536, 2048, 4096,
  ],
  unit: 'px',
}

/** Masks per image: one bin per number up to ten, then wider ones. */
export const MASK_COUNT_BINS: Bins = {
  edges: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 16, 21, 31, 51, 101],
  unit: 'masks',
}

/** Width divided by height. Square images have a bin of their own; the other edges are symmetric around it. */
export const ASPECT_BINS: Bins = {
  edges: [0, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9999, 1.0001, 1.11, 1.25, 1.43, 1.67, 2, 2.5, 4],
  unit: 'width / height',
}

/** Share of the image that a mask covers: from 1e-5 to 1, four bins per power of ten. */
export const AREA_SHARE_BINS: Bins = {
  edges: [0, ...Array.from({ length: 21 }, (_, i) => Number((10 ** (-5 + i / 4)).toPrecision(6)))],
  unit: 'share of the image',
}

/** SQL for width divided by height, and for the share of its image that a mask covers. */
export const ASPECT_SQL = 'width::DOUBLE / height'
export const SHARE_SQL = 'area::DOUBLE / (width::DOUBLE * height)'

/** Bin id of a value (>= 0). */
export function binOf(bins: Bins, value: number): number {
  let bin = 0
  while (bin + 1 < bins.edges.length && (bins.edges[bin + 1] as number) <= value) bin++
  return bin
}

/** SQL that bins an expression as `binOf` does; NULL stays NULL. The edges are constants of this file. */
export function binSql(bins: Bins, expression: string): string {
  const cases = bins.edges
    .map((edge, id) => ({ edge, id }))
    .slice(1)
    .reverse()
    .map(({ edge, id }) => `WHEN ${expression} >= ${edge} THEN ${id}`)
  return `(CASE WHEN ${expression} IS NULL THEN NULL ${cases.join(' ')} ELSE 0 END)::UTINYINT`
}

export interface BinRange {
  readonly lo: number
  /** Exclusive; null for the last bin. */
  readonly hi: number | null
}

/** The half-open range that a bin stands for. */
export const binRange = (bins: Bins, bin: number): BinRange => ({
  lo: bins.edges[bin] as number,
  hi: bins.edges[bin + 1] ?? null,
})

/** A bin in words: its lower edge, "–", its upper edge; the last bin has no upper edge. */
export function binLabel(bins: Bins, bin: number): string {
  const { lo, hi } = binRange(bins, bin)
  return hi === null ? `${lo} or more` : `${lo}–${hi}`
}

/** A bin of whole numbers in words: "3", "11–15", "101 or more". */
export function integerBinLabel(bins: Bins, bin: number): string {
  const { lo, hi } = binRange(bins, bin)
  if (hi === null) return `${lo} or more`
  return hi - lo === 1 ? String(lo) : `${lo}–${hi - 1}`
}

/**
 * The largest value below an edge (> 0), for ranges that end where a bin ends.
 *
 * @param step As for `touchedBins`.
 */
export function lastBelow(edge: number, step: 0 | 1): number {
  if (step === 1 || edge === Number.POSITIVE_INFINITY) return edge - 1
  // Positive doubles have the same order as the integers with the same bits.
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, edge)
  bits.setBigUint64(0, bits.getBigUint64(0) - 1n)
  return bits.getFloat64(0)
}

/** The bins that a range touches, and those that it cuts, which contain values inside and outside of the range. */
export interface TouchedBins {
  readonly first: number
  readonly last: number
  /** At most two: the first and the last. */
  readonly cut: readonly number[]
}

/**
 * The bins that a range touches. Both ends of the range are included.
 *
 * @param step Distance of neighbouring values: 1 for whole numbers, 0 for shares.
 */
export function touchedBins(
  bins: Bins,
  { min, max }: { readonly min?: number; readonly max?: number },
  step: 0 | 1,
): TouchedBins {
  const first = binOf(bins, min ?? 0)
  const last = max === undefined ? bins.edges.length - 1 : binOf(bins, max)
  const cutsFirst = min !== undefined && bins.edges[first] !== min && min > 0
  const end = bins.edges[last + 1] ?? Number.POSITIVE_INFINITY
  const cutsLast = max !== undefined && max !== lastBelow(end, step)
  const cut = [...(cutsFirst ? [first] : []), ...(cutsLast ? [last] : [])]
  return { first, last, cut: [...new Set(cut)] }
}
