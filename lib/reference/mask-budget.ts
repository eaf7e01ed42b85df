import type { CaseLayout } from './case-layout'
import { FILE_AXES } from './case-slices'
import type { PlannedSubmodality } from './plan'

/** Share of the masks beyond one per image that stem from further labels; the rest are instances. */
const LABELS_SHARE = 0.86

/** Labels reach this many times their size at most, halving the search this often. */
const MAX_STRETCH = 2.5
const STEPS = 9

/**
 * Makes a part's masks add up to the plan. First it stretches the labels of all cases so that they give almost the
 * planned number of masks, and never more. Then it distributes the rest as second and further instances, in proportion
 * to the number of labels on each slice.
 */
export class MaskBudget {
  /** Labels over all slices, and masks to hand out on top, per sub-modality. */
  private readonly labels: Float64Array
  private readonly extra: Float64Array
  private readonly labelsSeen: Float64Array
  private readonly given: Float64Array

  /** Sets `layout.stretch`. A sub-modality has the part's first slices, as many as its images. */
  constructor(layout: CaseLayout, submodalities: readonly PlannedSubmodality[]) {
    const images = submodalities.map(([, count]) => count)
    const most = submodalities.map(
      ([, count, masks]) => count + Math.floor(LABELS_SHARE * (masks - count)),
    )
    const fits = (stretch: number) => {
      layout.stretch = stretch
      return labelTotals(layout, images).every((total, j) => total <= (most[j] as number))
    }
    // With no stretch every slice has one label, which always fits.
    let lo = 0
    let hi = MAX_STRETCH
    if (fits(hi)) lo = hi
    for (let i = 0; i < STEPS && lo < hi; i++) {
      const middle = (lo + hi) / 2
      if (fits(middle)) lo = middle
      else hi = middle
    }
    layout.stretch = lo
    this.labels = Float64Array.from(labelTotals(layout, images))
    this.extra = this.labels.map((total, j) => (submodalities[j]?.[2] ?? 0) - total)
    this.labelsSeen = new Float64Array(images.length)
    this.given = new Float64Array(images.length)
  }

  /** Masks beyond one per label on the next slice of a sub-modality; slices come in order. */
  extrasOn(submodality: number, labels: number): number {
    const seen = (this.labelsSeen[submodality] as number) + labels
    const all = this.labels[submodality] as number
    const upTo = Math.floor((seen * (this.extra[submodality] as number)) / all)
    const extras = upTo - (this.given[submodality] as number)
    this.labelsSeen[submodality] = seen
    this.given[submodality] = upTo
    return extras
  }
}

/** Labels over the part's first `images[j]` slices, for each j, at the layout's stretch. */
function labelTotals(layout: CaseLayout, images: readonly number[]): number[] {
  const totals = images.map(() => 0)
  const { slices, from, to } = layout
  let before = 0
  for (let i = 0; i < slices.perCase.length; i++) {
    layout.load(i)
    const count = slices.perCase[i] as number
    let all = 0
    for (let cell = 0; cell < from.length; cell++)
      all += (to[cell] as number) - (from[cell] as number)
    images.forEach((limit, j) => {
      const shown = Math.min(count, limit - before)
      if (shown === count) totals[j] = (totals[j] as number) + all
      else if (shown > 0) totals[j] = (totals[j] as number) + labelsOnFirst(layout, shown)
    })
    before += count
  }
  return totals
}

/** Labels on the loaded case's first slices, in the order of the rows. */
function labelsOnFirst(layout: CaseLayout, shown: number): number {
  let labels = 0
  let left = shown
  for (const axis of FILE_AXES) {
    const n = layout.slices.count[axis] as number
    for (let slice = 0; slice < n && left > 0; slice++, left--) {
      labels += layout.labelsOn(axis, slice)
    }
  }
  return labels
}
