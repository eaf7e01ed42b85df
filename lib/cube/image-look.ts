import type { Filter } from '../filter/filter'
import { candidateGroups } from './candidate-groups'
import type { Source } from './count'
import { exactFailure } from './exact-failure'
import { askFilter } from './filter-question'
import type { MaskLook, Requirements } from './look-at-masks'
import { maskLook, requirements } from './mask-look'
import type { Rows } from './rows'
import { emptyTally } from './tally'

/** What images are looked at with one by one, to find those that a filter selects. */
export interface ImageLook {
  readonly rows: Rows
  /** By group of images: 0 for those that the filter leaves out. */
  readonly candidates: Uint8Array
  /** The ranges that an image fails, as bits; null if the filter has none. */
  readonly failsOf: ((image: number) => number) | null
  /** Whether a candidate's masks decide: without a range of areas its labels have said it all. */
  readonly byArea: boolean
  readonly look: MaskLook
  /** What the masks must meet, if they decide. */
  readonly required: readonly Requirements[]
}

/** Prepare to look at the images of a filter. @throws Error if the rows are missing. */
export function imageLook({ cube, rows, dimensions }: Source, filter: Filter): ImageLook {
  if (!rows) throw new Error('the rows are not loaded yet')
  const asked = askFilter(cube.cells, dimensions, filter, 'labels')
  const { selection } = asked
  return {
    rows,
    candidates: candidateGroups(cube, dimensions, asked),
    failsOf: exactFailure(rows, filter),
    byArea: selection.area !== null,
    look: maskLook(rows, dimensions, { selection, groups: null }, emptyTally({}, 0)),
    required: selection.area ? requirements(selection, dimensions) : [],
  }
}
