import { KNOWN_DATASET_NAMES } from '../catalog/known-datasets'
import {
  LICENCE_STRENGTHS,
  type Licence,
  type LicenceStrength,
  licenceOf,
} from '../catalog/licences'
import type { LedgerSource } from './source'

/** A source dataset's licence; null if unknown. */
export interface LicenceLine {
  readonly dataset: string
  /** Images of this manifest. */
  readonly images: number
  readonly licence: Licence | null
}

export const LICENCES_TITLE = 'Licences of source datasets'

export const LICENCES_NOTE =
  'As far as we know them, and how far each can be relied on. The release itself is CC BY-NC-SA 4.0, whatever its sources say.'

/** Every known dataset, and those of the manifest, by name. */
export function licenceLines({ summary }: LedgerSource): LicenceLine[] {
  const own = new Map((summary.facets.dataset ?? []).map(({ value, images }) => [value, images]))
  const names = [...new Set([...KNOWN_DATASET_NAMES, ...own.keys()])].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  )
  return names.map(dataset => ({
    dataset,
    images: own.get(dataset) ?? 0,
    licence: licenceOf(dataset),
  }))
}

/** Number of lines of each strength, and of those without a licence; none with 0. */
export function countByStrength(
  lines: readonly LicenceLine[],
): [strength: LicenceStrength | 'unknown', n: number][] {
  return [...LICENCE_STRENGTHS, 'unknown' as const].flatMap(strength => {
    const n = lines.filter(({ licence }) => (licence?.strength ?? 'unknown') === strength).length
    return n > 0 ? [[strength, n]] : []
  })
}
