import type { Filter } from '../filter/filter'
import { resolveFilter } from '../filter/selection'
import { candidateGroups } from './candidate-groups'
import { closerLook } from './closer-look'
import type { Source } from './count'
import { failedCells } from './failed-cells'
import { STEP_IMAGES, type Steps } from './steps'

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
