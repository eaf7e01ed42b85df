/** How many patients have so many images. */
export interface SizeCount {
  readonly images: number
  readonly patients: number
}

/** Images per patient. */
export interface SizeSummary {
  readonly q1: number
  readonly median: number
  readonly q3: number
  readonly max: number
}

/** Quartiles as the smallest sizes that so many patients do not exceed; null for no patients. */
export function sizeSummary(counts: readonly SizeCount[]): SizeSummary | null {
  const sorted = [...counts].sort((a, b) => a.images - b.images)
  const all = sorted.reduce((sum, { patients }) => sum + patients, 0)
  if (all === 0) return null
  const quantile = (part: number) => {
    let seen = 0
    for (const { images, patients } of sorted) {
      seen += patients
      if (seen >= part * all) return images
    }
    return sorted.at(-1)?.images ?? 0
  }
  return {
    q1: quantile(0.25),
    median: quantile(0.5),
    q3: quantile(0.75),
    max: sorted.at(-1)?.images ?? 0,
  }
}
