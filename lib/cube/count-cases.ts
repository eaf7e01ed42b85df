import { STEP_IMAGES, type Steps } from '../async/steps'
import type { CaseTotals } from '../counts/totals'
import type { Filter } from '../filter/filter'
import { type ImageLook, imageLook } from './image-look'
import { countMasks } from './look-at-masks'
import type { Source } from './source'

/**
 * Distinct cases with at least one selected image, and their distinct patients.
 *
 * @throws Error if the rows are missing.
 */
export function* countCases(source: Source, filter: Filter): Steps<CaseTotals> {
  const view = imageLook(source, filter)
  const { images, cases: runs } = view.rows
  const { first, id, patient } = runs
  const counted = new Uint8Array(patient.length)
  const patients = new Set<number>()
  let cases = 0
  let paused = 0
  for (let run = 0; run < id.length; run++) {
    const caseId = id[run] as number
    if (counted[caseId] === 1) continue
    const end = first[run + 1] ?? images.group.length
    if (/*#__NOINLINE__*/ hasSelected(view, first[run] as number, end)) {
      counted[caseId] = 1
      patients.add(patient[caseId] as number)
      cases++
    }
    if (end - paused < STEP_IMAGES) continue
    paused = end
    yield
  }
  return { cases, patients: patients.size }
}

/** Whether one of a run of images is selected. */
function hasSelected(view: ImageLook, start: number, end: number): boolean {
  const { candidates, failsOf, byArea } = view
  const { group } = view.rows.images
  for (let image = start; image < end; image++) {
    if (candidates[group[image] as number] === 0) continue
    if (failsOf !== null && failsOf(image) !== 0) continue
    if (!byArea || /*#__NOINLINE__*/ passesArea(view, image)) return true
  }
  return false
}

function passesArea({ rows: { images, starts }, look }: ImageLook, image: number) {
  const start = starts[image] as number
  const end = starts[image + 1] as number
  const pixels = (images.width[image] as number) * (images.height[image] as number)
  return countMasks(look, start, end, pixels) > 0
}
