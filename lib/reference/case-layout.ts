import type { BodyBox } from './body-box'
import { shapeOf } from './case-shape'
import { BODY_AXES, type BodyAxis, CaseSlices } from './case-slices'
import { fieldOfView, type Stretch } from './field-of-view'
import type { PlannedPart } from './plan'
import { Random, seedOf } from './random'

/** A label as one part of a dataset shows it. */
export interface PartLabel {
  readonly labelId: number
  /** Share of the cases that show it, 0 to 1. */
  readonly presence: number
  readonly isLesion: boolean
  readonly box: BodyBox
}

/** With more labels, the edges of labels lie on a grid, so that slices share label sets. */
const FREE_EDGES = 8
const GRID = 64

/**
 * The labels on the slices of a part's cases. `load(i)` computes case `i` into the fields; the result depends only on
 * `i` and `stretch`. Arrays over labels and body axes are indexed
 * `axis * labels.length + label`.
 */
export class CaseLayout {
  readonly slices: CaseSlices
  /** Slices [from, to) that show each label; empty for absent labels. */
  readonly from: Int32Array
  readonly to: Int32Array
  /** Centre and half width of each label as shares of the stretch of the body that is cut. */
  readonly centre: Float64Array
  readonly half: Float64Array

  /** Factor of the labels' extents along the axes; MaskBudget sets it. */
  stretch = 1

  private readonly seed: number
  private readonly hasWindow: boolean
  /** The range of all labels along each axis; slices without a label are not published. */
  readonly fov: readonly Stretch[]
  private readonly covered: Int16Array
  private readonly present: Uint8Array
  private readonly random = new Random()

  constructor(
    dataset: string,
    part: PlannedPart,
    readonly labels: readonly PartLabel[],
  ) {
    this.seed = seedOf(`${dataset}/${part.caseName}`)
    this.hasWindow = shapeOf(part.shape).window === true
    const cells = 3 * labels.length
    this.from = new Int32Array(cells)
    this.to = new Int32Array(cells)
    this.centre = new Float64Array(cells)
    this.half = new Float64Array(cells)
    this.present = new Uint8Array(labels.length)
    this.fov = BODY_AXES.map(axis => fieldOfView(labels, axis))
    this.slices = new CaseSlices(seedOf(part.shape) ^ this.seed, part)
    this.covered = new Int16Array(this.slices.perCase.reduce((a, b) => Math.max(a, b), 0) + 1)
  }

  load(i: number): void {
    this.slices.load(i)
    this.random.seed(this.seed, i)
    const primary = this.placeLabels(i)
    for (const axis of BODY_AXES) this.coverAxis(axis, primary)
  }

  /** Choose the labels of the case and their places. @returns the primary label, which every stretch keeps. */
  private placeLabels(i: number): number {
    const { labels, random, centre, half, present, stretch } = this
    const count = labels.length
    // The first cases show each label in turn, so that every label occurs.
    const [a, b] = [random.integer(0, count - 1), random.integer(0, count - 1)]
    const commoner = (labels[a]?.presence ?? 0) >= (labels[b]?.presence ?? 0) ? a : b
    const primary = i < count ? i : commoner
    const window = this.drawWindow(labels[primary] as PartLabel)
    for (let l = 0; l < count; l++) {
      const { presence, isLesion, box } = labels[l] as PartLabel
      present[l] = Number(random.next() < presence * Math.min(1, stretch) || l === primary)
      for (const axis of BODY_AXES) {
        const { lo, length } = this.fov[axis] as Stretch
        const shift = random.between(-1, 1)
        const size = random.between(0.8, 1.15)
        let c = (box.centre[axis] - lo) / length
        let h = box.half[axis] / length
        // Lesions are small and anywhere in their organ; organs vary a little.
        c += shift * (isLesion ? 0.6 * h : 0.03)
        h *= isLesion ? 0.6 * (size - 0.35) : size
        if (axis === 2) {
          c = (c - window.lo) / window.length
          h /= window.length
        }
        if (c + h <= 0 || c - h >= 1) {
          if (l === primary) c = Math.min(0.95, Math.max(0.05, c))
          else present[l] = 0
        }
        centre[axis * count + l] = c
        half[axis * count + l] = h
      }
    }
    return primary
  }

  /** The stretch of the body that a clinical scan shows, around its primary label. */
  private drawWindow({ box }: PartLabel): Stretch {
    const length = this.random.between(0.3, 1)
    const at = this.random.next()
    if (!this.hasWindow) return { lo: 0, length: 1 }
    const { lo, length: all } = this.fov[2] as Stretch
    const centre = (box.centre[2] - lo) / all
    const start = Math.min(
      centre - 0.1 * length,
      Math.max(centre - 0.9 * length, at * (1 - length)),
    )
    return { lo: Math.min(1 - length, Math.max(0, start)), length }
  }

  /** Turn label extents into slice ranges, and leave no slice without a label. */
  private coverAxis(axis: BodyAxis, primary: number) {
    const { from, to, centre, half, present, covered, stretch } = this
    const n = this.slices.count[axis] as number
    const count = this.labels.length
    const offset = axis * count
    if (n === 0) {
      from.fill(0, offset, offset + count)
      to.fill(0, offset, offset + count)
      return
    }
    covered.fill(0, 0, n + 1)
    for (let l = 0; l < count; l++) {
      const cell = offset + l
      let a = 0
      let b = 0
      if (present[l] === 1) {
        const c = centre[cell] as number
        const h = (half[cell] as number) * stretch
        a = this.edge(c - h, n)
        b = this.edge(c + h, n)
        if (this.slices.isPicture || (l === primary && a >= b)) {
          a = Math.min(n - 1, Math.max(0, Math.floor(c * n)))
          b = a + 1
        }
      }
      from[cell] = a
      to[cell] = b
      if (b > a) {
        covered[a] = (covered[a] as number) + 1
        covered[b] = (covered[b] as number) - 1
      }
    }
    this.fillGaps(offset, n, primary)
  }

  private edge(share: number, n: number): number {
    const t = Math.min(1, Math.max(0, share))
    return Math.round(this.labels.length > FREE_EDGES ? (Math.round(t * GRID) / GRID) * n : t * n)
  }

  /** Extend labels into gaps, because published images have at least one mask. */
  private fillGaps(offset: number, n: number, primary: number) {
    const { from, to, covered } = this
    const count = this.labels.length
    let depth = 0
    for (let slice = 0; slice < n; ) {
      depth += covered[slice] as number
      if (depth > 0) {
        slice++
        continue
      }
      let end = slice + 1
      while (end < n && covered[end] === 0) end++
      let grown = -1
      for (let l = 0; l < count && grown < 0; l++) {
        const cell = offset + l
        if ((to[cell] as number) === (from[cell] as number)) continue
        if (slice > 0 ? to[cell] === slice : from[cell] === end) grown = l
      }
      const cell = offset + (grown < 0 ? primary : grown)
      if (grown < 0) from[cell] = slice
      if (slice > 0 || grown < 0) to[cell] = end
      else from[cell] = slice
      slice = end
    }
  }

  /** Labels on one slice of the loaded case. */
  labelsOn(axis: number, slice: number): number {
    const { from, to } = this
    const count = this.labels.length
    let labels = 0
    for (let cell = axis * count; cell < (axis + 1) * count; cell++)
      if (slice >= (from[cell] as number) && slice < (to[cell] as number)) labels++
    return labels
  }
}
