import type { GroupBits } from '../counts/label-groups'
import type { Selection } from '../filter/selection'
import type { AddPattern } from './patterns'

/** What to count. */
export interface Question {
  /** Which masks are selected. Of the image facets, `failed` decides. */
  readonly selection: Selection
  /** Image facets that each cell fails, as bits. */
  readonly failed: Uint16Array
  /**
   * `all`: labels, groups and areas, and images and masks by cell, including those that fail one image facet.
   * `labels`: only labels and groups. `areas`: only areas.
   */
  readonly wants: 'all' | 'labels' | 'areas'
  /** Groups of labels whose images are counted; null for none. */
  readonly groups: GroupBits | null
  /** Called with the groups of selected images. */
  readonly addPattern: AddPattern
  /**
   * Whether each group of an image may be passed on its own. False if it matters which groups an image has together.
   */
  readonly apart?: boolean
  /** An attribute of cells, numbered from 0 without gaps: labels and groups are counted for each of its values. */
  readonly attribute?: { readonly of: ArrayLike<number>; readonly values: number }
}

/** Sums by cell. */
export interface CellSums {
  readonly images: Float64Array
  /** Selected masks. */
  readonly masks: Float64Array
  /** Images whose size in bytes is known, and the sum of these sizes. */
  readonly sized: Float64Array
  readonly bytes: Float64Array
}

/** Sums of images that fail the same facets within a cell. */
export interface TallyPart {
  /** Image facets that the images of each cell fail, as bits. */
  readonly failed: Uint16Array
  readonly sums: CellSums
}

/** Selected images and masks. All but `parts` are of images that pass all image facets. */
export interface Tally {
  readonly parts: TallyPart[]
  /** Selected masks, and images with one, by attribute and label: `value * labels + label`. */
  readonly labelMasks: Float64Array
  readonly labelImages: Float64Array
  /** Selected masks by area bin; the last place has those that are not measured. */
  readonly areas: Float64Array
}

export function emptyTally({ attribute }: Pick<Question, 'attribute'>, labels: number): Tally {
  const values = attribute?.values ?? 1
  return {
    parts: [],
    labelMasks: new Float64Array(values * labels),
    labelImages: new Float64Array(values * labels),
    areas: new Float64Array(256),
  }
}

export const emptySums = (cells: number): CellSums => ({
  images: new Float64Array(cells),
  masks: new Float64Array(cells),
  sized: new Float64Array(cells),
  bytes: new Float64Array(cells),
})
