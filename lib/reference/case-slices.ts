import { type Dims, drawDims, isCut, type Shape, shapeOf } from './case-shape'
import type { PlannedPart } from './plan'
import { Random } from './random'

/** Body axes: 0 right to left, 1 front to back, 2 feet to head. */
export const BODY_AXES = [0, 1, 2] as const
export type BodyAxis = (typeof BODY_AXES)[number]

/** Body axis of each axis of the file names: x is axial, y coronal, z sagittal, as in the release. */
export const FILE_AXES: readonly BodyAxis[] = [2, 1, 0]

/** Axial slices are this much likelier to be in a case than others: most of the release is axial. */
const AXIAL_WEIGHT = 6

/**
 * How many slices each case of a part gives, and where it is cut. `load(i)` draws case `i` into the
 * fields, always the same. Pictures are cut once, across axis 1.
 */
export class CaseSlices {
  /** Slices per case, over all axes; sums to the part's largest sub-modality. */
  readonly perCase: Int32Array
  readonly isPicture: boolean

  /** Size of the loaded case in voxels. */
  readonly dims: Dims = [0, 0, 0]
  /** Slices along each axis, the first one's voxel, and the voxels from one to the next. */
  readonly count = new Int32Array(3)
  readonly first = new Int32Array(3)
  readonly step = new Int32Array(3)

  private readonly shape: Shape
  private readonly random = new Random()
  private readonly isCut = [false, false, false]

  constructor(
    private readonly seed: number,
    part: PlannedPart,
  ) {
    this.shape = shapeOf(part.shape)
    this.isPicture = this.shape.pictures !== undefined
    this.perCase = this.share(
      Math.max(...part.submodalities.map(([, images]) => images)),
      part.cases,
    )
  }

  /** One slice for every case, the rest by what a case of its size can give. */
  private share(slices: number, cases: number): Int32Array {
    const weights = new Float64Array(cases)
    let total = 0
    for (let i = 0; i < cases; i++) {
      const capacity = this.drawSize(i)
      total += capacity * this.random.between(0.75, 1.25)
      weights[i] = total
    }
    const shares = new Int32Array(cases)
    let given = 0
    for (let i = 0; i < cases; i++) {
      // Divided first: the last case's share of the weights is exactly 1.
      const upTo = Math.floor((slices - cases) * ((weights[i] as number) / total))
      shares[i] = 1 + upTo - given
      given = upTo
    }
    return shares
  }

  /** @returns the number of slices that a case of the drawn size can give. */
  private drawSize(i: number): number {
    this.random.seed(this.seed, i)
    drawDims(this.shape, this.random, this.dims)
    let capacity = 0
    for (const axis of BODY_AXES) {
      this.isCut[axis] = this.isPicture ? axis === 1 : isCut(this.dims, axis)
      if (this.isCut[axis]) capacity += this.dims[axis]
    }
    return capacity
  }

  load(i: number): void {
    const { dims, count } = this
    const slices = this.perCase[i] as number
    const capacity = this.drawSize(i)
    // More slices than voxels happens in tiny samples only: make the case taller or, where it is cut
    // along other axes too, larger on all sides, so that no slice gets too narrow.
    if (slices > capacity) {
      const growing = this.isCut[0] || this.isCut[1] ? BODY_AXES : ([2] as const)
      for (const axis of growing) dims[axis] = Math.ceil((dims[axis] * slices) / capacity)
    }
    this.spread(slices)
    for (const axis of BODY_AXES) {
      const n = count[axis] as number
      const step = n === 0 ? 1 : Math.max(1, Math.floor((0.85 * dims[axis]) / n))
      const spare = dims[axis] - (n - 1) * step - 1
      this.step[axis] = step
      this.first[axis] = Math.floor(spare * this.random.between(0.3, 0.7))
    }
  }

  /** Spread a case's slices over the axes it is cut along, most of them along the body. */
  private spread(slices: number): void {
    const { dims, count, isCut } = this
    count.fill(0)
    const room = (axis: BodyAxis) => (isCut[axis] ? dims[axis] - (count[axis] as number) : 0)
    const weight = (axis: BodyAxis) => room(axis) * (axis === 2 ? AXIAL_WEIGHT : 1)
    const total = BODY_AXES.reduce<number>((sum, axis) => sum + weight(axis), 0)
    const shares = BODY_AXES.map(axis =>
      Math.min(room(axis), Math.floor((slices * weight(axis)) / total)),
    )
    shares.forEach((share, axis) => {
      count[axis] = share
    })
    // What rounding and full axes leave over, along the body first.
    let left = slices - shares.reduce((sum, share) => sum + share, 0)
    for (const axis of BODY_AXES.toReversed()) {
      const more = Math.min(left, room(axis))
      count[axis] = (count[axis] as number) + more
      left -= more
    }
  }
}
