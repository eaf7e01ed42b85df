/** Number of patients with a number of images. */
export interface SizeCount {
  readonly images: number
  readonly patients: number
}

/** Images per patient. */
export interface SizeSummary {
  readonly mean: number
  readonly q1: number
  readonly median: number
  readonly q3: number
  readonly max: number
}

/**
 * Mean, median and quartiles of the sizes of patients; null without patients. The quantile p of n sorted sizes lies
 * at position (n - 1) · p, counted from 0; between two sizes it is interpolated linearly (type 7 of Hyndman and Fan
 * 1996, the default of R, NumPy and pandas). For example, the median of 81 and 159 is 120.
 *
 * @param counts In any order, each size once.
 */
export function sizeSummary(counts: readonly SizeCount[]): SizeSummary | null {
  const sorted = [...counts].sort((a, b) => a.images - b.images)
  const all = sorted.reduce((sum, { patients }) => sum + patients, 0)
  if (all === 0) return null
  const max = sorted.at(-1)?.images ?? 0
  const sizeAt = (place: number) => {
    let seen = 0
    for (const { images, patients } of sorted) {
      seen += patients
      if (seen > place) return images
    }
    return max
  }
  const quantile = (part: number) => {
    const place = (all - 1) * part
    const [low, high] = [sizeAt(Math.floor(place)), sizeAt(Math.ceil(place))]
    return low + (high - low) * (place - Math.floor(place))
  }
  return {
    mean: sorted.reduce((sum, { images, patients }) => sum + images * patients, 0) / all,
    q1: quantile(0.25),
    median: quantile(0.5),
    q3: quantile(0.75),
    max,
  }
}
