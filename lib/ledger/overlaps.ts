import { CURATED_PAIRS, type CuratedPair } from '../catalog/shared-scans'
import type { Duplicates, Overlap } from '../manifest/manifest'

/** Equal images across and within datasets, as a square matrix. */
export interface OverlapMatrix {
  /** Datasets with any duplicate, by name; both rows and columns. */
  readonly names: readonly string[]
  /** Largest number of a cell. */
  readonly max: number
  /**
   * `cells[row][column]`: images of the row's dataset with a duplicate in the column's dataset; null if there are
   * none. On the diagonal, images with a duplicate in their own dataset.
   */
  readonly cells: readonly (readonly (OverlapCell | null)[])[]
}

export interface OverlapCell {
  readonly images: number
  readonly groups: number
}

/** The matrix of a manifest's overlaps; empty without overlaps. */
export function overlapMatrix(overlaps: readonly Overlap[]): OverlapMatrix {
  const names = [...new Set(overlaps.flatMap(({ a, b }) => [a, b]))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  const found = new Map<string, OverlapCell>()
  const keyOf = (row: string, column: string) => JSON.stringify([row, column])
  for (const { a, b, groups, imagesA, imagesB } of overlaps) {
    found.set(keyOf(b, a), { images: imagesB, groups })
    // Last, so that for a = b it is this entry that stays.
    found.set(keyOf(a, b), { images: imagesA, groups })
  }
  return {
    names,
    max: Math.max(0, ...[...found.values()].map(({ images }) => images)),
    cells: names.map(row => names.map(column => found.get(keyOf(row, column)) ?? null)),
  }
}

/** A pair of datasets that share scans, or may, with the duplicates that were found. */
export interface OverlapFinding extends CuratedPair {
  /** How many of both datasets the manifest has: 0, 1 or 2. */
  readonly present: number
  /** Equal images of both datasets; null if duplicates were not checked. */
  readonly found: readonly Overlap[] | null
}

/**
 * The pairs of data/families.json with the duplicates that were found.
 *
 * @param present The manifest's datasets.
 */
export const overlapFindings = (
  duplicates: Duplicates | undefined,
  present: ReadonlySet<string>,
): OverlapFinding[] =>
  CURATED_PAIRS.map(pair => ({
    ...pair,
    present: pair.datasets.filter(dataset => present.has(dataset)).length,
    found:
      duplicates?.overlaps.filter(
        ({ a, b }) => a !== b && pair.datasets.includes(a) && pair.datasets.includes(b),
      ) ?? null,
  }))
