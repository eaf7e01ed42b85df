import type { Filter } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import { type GroupBits, noGroups } from '../queries/label-groups'
import { type Source, tallyOf } from './count'
import { failedCells } from './failed-cells'
import type { Tally } from './tally'

export type PairAttribute = 'submodality' | 'dataset'

/** What pairs are counted from, under one filter. */
export interface PairCells {
  /** Selected images of each label, by label id. */
  labelImages(): Float64Array
  /** Groups' images and labels' masks by an attribute of the images, as in `Tally`. */
  byAttribute(
    attribute: PairAttribute,
    groups: GroupBits,
  ): Pick<Tally, 'groupImages' | 'labelMasks'>
  /** Each combination of groups that selected images have, and how many; some come repeatedly. */
  patterns(groups: GroupBits, visit: (low: number, high: number, images: number) => void): void
}

export function pairCellsOf(source: Source, filter: Filter): PairCells {
  const { cube, dimensions } = source
  const selection = resolveFilter(filter, dimensions)
  const failed = failedCells(cube.cells, filter, dimensions)
  const none = noGroups(dimensions.labels.length)
  return {
    labelImages: () => tallyOf(source, filter, { selection, failed, groups: none }).labelImages,
    byAttribute(attribute, groups) {
      const values =
        attribute === 'dataset' ? dimensions.datasets.length : dimensions.submodalities.length
      const by = { of: cube.cells[attribute], values }
      return tallyOf(source, filter, { selection, failed, groups, attribute: by })
    },
    patterns(groups, visit) {
      tallyOf(source, filter, { selection, failed, groups }, visit)
    },
  }
}
