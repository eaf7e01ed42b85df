import { FAMILIES } from '../catalog/known-defects'
import type { Duplicates, Overlap } from '../manifest/manifest'

/** Equal images across and within datasets, as a square matrix. */
export interface OverlapMatrix {
  /** Datasets that have any equal image, by name; rows and columns alike. */
  readonly names: readonly string[]
  /** Largest number of a cell. */
  readonly max: number
  /**
   * `cells[row][column]`: images of the row's dataset that have an equal one in the column's; null
   * where none has. On the diagonal: images that have an equal one in their own dataset.
   */
  readonly cells: readonly (readonly (OverlapCell | null)[])[]
}

export interface OverlapCell {
  readonly images: number
  readonly groups: number
}

/** The matrix of a manifest's overlaps; no names if there are none. */
export function overlapMatrix(overlaps: readonly Overlap[]): OverlapMatrix {
  const names = [...new Set(overlaps.flatMap(({ a, b }) => [a, b]))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  const found = new Map<string, OverlapCell>()
  const keyOf = (row: string, column: string) => JSON.stringify([row, column])
  for (const { a, b, groups, imagesA, imagesB } of overlaps) {
    found.set(keyOf(b, a), { images: imagesB, groups })
    // Last, so that it stands within one dataset, where both are the same.
    found.set(keyOf(a, b), { images: imagesA, groups })
  }
  return {
    names,
    max: Math.max(0, ...[...found.values()].map(({ images }) => images)),
    cells: names.map(row => names.map(column => found.get(keyOf(row, column)) ?? null)),
  }
}

/** A family of datasets that may share images, and what was found of it. */
export interface FamilyFinding {
  readonly name: string
  readonly datasets: readonly string[]
  readonly note: string
  /** How many of its datasets the manifest has. */
  readonly present: number
  /** Overlaps between two of its datasets; null where nothing was compared. */
  readonly found: readonly Overlap[] | null
}

/**
 * What the comparison found of each family that people speak of (data/known-defects.json).
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
