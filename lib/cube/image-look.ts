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

/** What it takes to check images one by one against a filter. */
export interface ImageLook {
  readonly rows: Rows
  /** By group of images: 0 if the filter excludes the whole group. */
  readonly candidates: Uint8Array
  /** The ranges that an image fails, as bits; null if the filter has none. */
  readonly failsOf: ((image: number) => number) | null
  /** Whether single masks must be checked. Without a range of areas, the labels of an image decide. */
  readonly byArea: boolean
  readonly look: MaskLook
}

/**
 * Prepare to check the images of a filter.
 *
 * @param narrow Changes the filter's selection; by default, it keeps only selected masks.
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

/** Without merged masks that could still be picked. */
const selectedMasks = (selection: Selection): Selection => ({ ...selection, aside: [] })
