import type { Dimensions } from '../filter/dimensions'
import type { Filter } from '../filter/filter'
import { resolveFilter, type Selection } from '../filter/selection'
import { candidateGroups } from './candidate-groups'
import type { Source } from './count'
import { exactFailure } from './exact-failure'
import { failedCells } from './failed-cells'
import { countMasks, meetsAll } from './look-at-masks'
import { maskLook, requirements } from './mask-look'
import type { Rows } from './rows'
import { STEP_IMAGES, type Steps } from './steps'
import { emptyTally } from './tally'

/** Distinct cases with at least one selected image. @throws Error if the rows are missing. */
export function* countCases({ cube, rows, dimensions }: Source, filter: Filter): Steps<number> {
  if (!rows) throw new Error('the rows are not loaded yet')
  const selection = resolveFilter(filter, dimensions)
  const failed = failedCells(cube.cells, filter, dimensions)
  const question = { selection, failed, wants: 'labels' } as const
  const candidates = candidateGroups(cube, dimensions, question)
  const { first, id } = rows.cases
  const view = {
    ...{ group: rows.images.group, candidates },
    passes: closerLook(rows, dimensions, filter, selection),
  }
  const counted = new Uint8Array(id.reduce((highest, its) => Math.max(highest, its + 1), 0))
  let cases = 0
  let paused = 0
  for (let run = 0; run < id.length; run++) {
    const its = id[run] as number
    if (counted[its] === 1) continue
    const end = first[run + 1] ?? view.group.length
    if (/*#__NOINLINE__*/ hasSelected(view, first[run] as number, end)) {
      counted[its] = 1
      cases++
    }
    if (end - paused < STEP_IMAGES) continue
    paused = end
    yield
  }
  return cases
}

/** What images of a run are looked at with. */
interface RunView {
  readonly group: Uint32Array
  readonly candidates: Uint8Array
  readonly passes: ((image: number) => boolean) | null
}

function hasSelected({ group, candidates, passes }: RunView, start: number, end: number): boolean {
  for (let image = start; image < end; image++) {
    if (candidates[group[image] as number] === 0) continue
    if (passes === null || passes(image)) return true
  }
  return false
}

/** Whether a candidate is selected, where its cell and its labels do not say it all; else null. */
function closerLook(
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
