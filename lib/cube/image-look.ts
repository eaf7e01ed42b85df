import type { Filter } from '../filter/filter'
import type { Selection } from '../filter/selection'
import { candidateGroups } from './candidate-groups'
import { exactFailure } from './exact-failure'
import { askFilter } from './filter-question'
import type { MaskLook } from './look-at-masks'
import { maskLook } from './mask-look'
import type { Rows } from './rows'
import type { Source } from './source'
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
}

/**
 * Prepare to look at the images of a filter.
 *
 * @param narrow What to look for of the filter's selection; by default its selected masks.
 * @throws Error if the rows are missing.
 */
export function imageLook(
  { cube, rows, dimensions }: Source,
  filter: Filter,
  narrow = selectedMasks,
): ImageLook {
  if (!rows) throw new Error('the rows are not loaded yet')
  const plain = askFilter(cube.cells, dimensions, filter, 'labels')
  const selection = narrow(plain.selection)
  const asked = { ...plain, selection }
  return {
    rows,
    candidates: candidateGroups(cube, dimensions, asked),
    failsOf: exactFailure(rows, filter),
    byArea: selection.area !== null,
    look: maskLook(rows, dimensions, { selection, groups: null }, emptyTally({}, 0)),
  }
}

/** Nothing but what is selected: no merged masks that wait for being picked. */
const selectedMasks = (selection: Selection): Selection => ({ ...selection, aside: [] })
