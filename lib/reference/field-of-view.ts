import type { BodyBox } from './body-box'
import type { BodyAxis } from './case-slices'

/** A stretch along a body axis. */
export interface Stretch {
  readonly lo: number
  readonly length: number
}

/** The stretch that all labels of a dataset span along one axis, with a margin. */
export function fieldOfView(labels: readonly { readonly box: BodyBox }[], axis: BodyAxis): Stretch {
  let lo = 1
  let hi = 0
  for (const { box } of labels) {
    lo = Math.min(lo, box.centre[axis] - box.half[axis])
    hi = Math.max(hi, box.centre[axis] + box.half[axis])
  }
  const margin = 0.05 * (hi - lo)
  return { lo: lo - margin, length: hi - lo + 2 * margin }
}
