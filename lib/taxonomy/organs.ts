import curated from '../../data/taxonomy.json'

export interface Organ {
  /** 1 to 31, as numbered in the anatomy figure. */
  readonly id: number
  readonly organ: string
  /** One of REGIONS. */
  readonly region: string
  /** Whether the figure marks the organ as one that lesions are annotated in. */
  readonly lesions: boolean
  /** Parts that the figure lists under the organ. */
  readonly parts: readonly string[]
}

/** The 31 organs of the anatomy figure. */
export const ORGANS: readonly Organ[] = curated.organs

/** The anatomical regions that labels lie in. */
export const REGIONS: readonly string[] = curated.regions

/** The paper's six structures: the regions, with Lesion before Others. */
export const STRUCTURES: readonly string[] = [...REGIONS.slice(0, -1), 'Lesion', 'Others']
