import { FAMILIES } from '../catalog/known-defects'
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

/** A family of datasets that may share images, with the duplicates that were found. */
export interface FamilyFinding {
  readonly name: string
  readonly datasets: readonly string[]
  readonly note: string
  /** Number of its datasets that the manifest has. */
  readonly present: number
  /** Overlaps between its datasets; null if duplicates were not checked. */
  readonly found: readonly Overlap[] | null
}

/**
 * The families of data/known-defects.json with the duplicates that were found.
 *
 * @param present The manifest's datasets.
 */
export const familyFindings = (
  duplicates: Duplicates | undefined,
  present: ReadonlySet<string>,
): FamilyFinding[] =>
  FAMILIES.map(({ name, datasets, note }) => ({
    name,
    datasets,
    note,
    present: datasets.filter(dataset => present.has(dataset)).length,
    found:
      duplicates?.overlaps.filter(
        ({ a, b }) => a !== b && datasets.includes(a) && datasets.includes(b),
      ) ?? null,
  }))
