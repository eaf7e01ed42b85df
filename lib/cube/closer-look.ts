import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import type { Selection } from '../filter/selection'
import { exactFailure } from './exact-failure'
import { countMasks, meetsAll } from './look-at-masks'
import { maskLook, requirements } from './mask-look'
import type { Rows } from './rows'
import { emptyTally } from './tally'

/** Whether a candidate is selected, where its cell and its labels do not say it all; else null. */
export function closerLook(
  rows: Rows,
  dimensions: Dimensions,
  filter: Filter,
  selection: Selection,
): ((image: number) => boolean) | null {
  const failsOf = exactFailure(rows, filter)
  if (failsOf === null && !selection.area) return null
  const tally = emptyTally({}, 0)
  const look = maskLook(rows, dimensions, { selection, groups: null }, tally)
  const required = requirements(selection, dimensions)
  const { width, height } = rows.images
  return image => {
    if (failsOf !== null && failsOf(image) !== 0) return false
    if (!selection.area) return true
    const start = rows.starts[image] as number
    const end = rows.starts[image + 1] as number
    const pixels = (width[image] as number) * (height[image] as number)
    return (
      countMasks(look, start, end, pixels) > 0 &&
      required.every(some => meetsAll(look, some, start, end, pixels))
    )
  }
}
