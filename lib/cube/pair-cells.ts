import type { Steps } from '../async/steps'
import type { GroupBits } from '../counts/label-groups'
import type { Filter } from '../filter/filter'
import { countedMasks } from '../filter/selection'
import { tallyAll } from './count'
import { askFilter } from './filter-question'
import { groupSums } from './patterns'
import type { Source } from './source'
import type { Question, Tally } from './tally'
import { type VisitPattern, visitPatterns } from './visit-patterns'

export type PairAttribute = 'submodality' | 'dataset'

/** The data that pairs are counted from, for one filter. */
export interface PairCells {
  /** Selected images of each label, by label id. */
  labelImages(): Steps<Float64Array>
  /** Images by group (as in `GroupSums`) and masks by label, for each value of an image attribute. */
  byAttribute(
    attribute: PairAttribute,
    groups: GroupBits,
  ): Steps<{ groupImages: Float64Array; labelMasks: Float64Array }>
  /** Visits the combinations of groups that selected images have; a combination may be visited several times. */
  patterns(groups: GroupBits, visit: VisitPattern): Steps<void>
}

export function pairCellsOf(source: Source, filter: Filter): PairCells {
  const { cube, dimensions } = source
  const plain = askFilter(cube.cells, dimensions, filter, 'labels')
  const asked = { ...plain, selection: countedMasks(plain.selection, dimensions) }
  function* ask(question: Pick<Question, 'groups' | 'addPattern' | 'attribute'>): Steps<Tally> {
    const [tally] = yield* tallyAll(source, filter, [{ ...asked, ...question }])
    return tally as Tally
  }
  return {
    *labelImages() {
      return (yield* ask({ groups: null, addPattern: () => {} })).labelImages
    },
    *byAttribute(attribute, groups) {
      const values =
        attribute === 'dataset' ? dimensions.datasets.length : dimensions.submodalities.length
      const { add, sums } = groupSums(values)
      const by = { of: cube.cells[attribute], values }
      const { labelMasks } = yield* ask({ groups, addPattern: add, attribute: by })
      return { groupImages: sums(), labelMasks }
    },
    patterns: (groups, visit) => visitPatterns(source, asked, groups, visit),
  }
}
