import { Random } from './random'

/**
 * What the cases of a dataset look like. Volumes: voxels across the body (`side`, both in-plane
 * axes), along it (`depth`), drawn per case. 2D sources: picture sizes to choose from.
 */
export interface Shape {
  readonly side?: readonly (readonly [width: number, height: number])[]
  readonly depth?: readonly [min: number, max: number]
  readonly pictures?: readonly (readonly [width: number, height: number])[]
  /**
   * Bytes of a PNG per pixel, from quiet to busy pictures. Slices of volumes are RGB with equal channels:
   * those seen had 0.28 to 0.67 bytes per pixel (CT, 512 × 512), 0.6 to 0.84 (CT, resampled), and 0.87 to
   * 1.2 (MR).
   */
  readonly bytesPerPx: readonly [min: number, max: number]
  /** Every case shows another part of the body (clinical routine scans). */
  readonly window?: boolean
}

const square = (...sides: number[]) => sides.map(side => [side, side] as const)

export const SHAPES: Record<string, Shape> = {
  ct: { side: square(512), depth: [70, 720], bytesPerPx: [0.3, 0.65] },
  'ct-thin': { side: square(512), depth: [18, 150], bytesPerPx: [0.3, 0.6] },
  'ct-perfusion': { side: square(256), depth: [4, 22], bytesPerPx: [0.95, 1.15] },
  'ct-body': {
    side: [
      [258, 181],
      [225, 155],
      [301, 245],
      [249, 188],
      [333, 333],
      [277, 223],
      [243, 243],
    ],
    depth: [150, 430],
    bytesPerPx: [0.7, 1.1],
    window: true,
  },
  pet: { side: square(400), depth: [240, 330], bytesPerPx: [0.4, 0.6] },
  'brain-240': { side: square(240), depth: [155, 155], bytesPerPx: [1.35, 1.6] },
  'mr-cube': { side: square(256, 256, 240, 192), depth: [128, 192], bytesPerPx: [1.1, 1.4] },
  'mr-heart': { side: square(256, 288, 320), depth: [110, 180], bytesPerPx: [0.9, 1.2] },
  'mr-neck': { side: square(320, 384), depth: [200, 400], bytesPerPx: [0.6, 0.9] },
  'mr-body': { side: square(288, 320, 384), depth: [80, 260], bytesPerPx: [0.7, 1] },
  'mr-small': { side: square(112, 128), depth: [64, 80], bytesPerPx: [1, 1.25] },
  'mr-thin': {
    side: [
      [192, 192],
      [216, 256],
      [256, 216],
      [256, 256],
      [320, 320],
      [384, 384],
    ],
    depth: [9, 40],
    bytesPerPx: [0.95, 1.25],
  },
  xray: {
    pictures: [
      [1024, 1024],
      [2048, 2048],
      [1224, 1104],
      [2992, 2991],
      [4020, 4892],
    ],
    bytesPerPx: [0.4, 0.7],
  },
  // Pictures that were slices of volumes at their source.
  'ct-picture': { pictures: [[650, 650]], bytesPerPx: [0.3, 0.6] },
  'mr-picture': { pictures: [[256, 256]], bytesPerPx: [0.9, 1.2] },
  'brain-growth': { pictures: [[256, 256]], bytesPerPx: [0.01, 0.03] },
  'kidney-picture': { pictures: [[497, 497]], bytesPerPx: [0.3, 0.6] },
  ultrasound: {
    pictures: [
      [580, 420],
      [580, 420],
      [562, 471],
      [500, 500],
    ],
    bytesPerPx: [0.4, 0.6],
  },
  endoscopy: {
    pictures: [
      [384, 288],
      [574, 500],
      [622, 529],
      [720, 576],
      [1280, 1024],
      [1920, 1072],
    ],
    bytesPerPx: [0.9, 1.6],
  },
  dermoscopy: {
    pictures: [
      [1022, 767],
      [722, 542],
      [2048, 1536],
      [3024, 2016],
      [1504, 1129],
    ],
    bytesPerPx: [0.8, 1.5],
  },
  photo: {
    pictures: [
      [512, 512],
      [560, 391],
    ],
    bytesPerPx: [1, 1.7],
  },
  fundus: {
    pictures: [
      [2124, 2056],
      [1444, 1444],
      [1992, 2000],
      [565, 584],
    ],
    bytesPerPx: [0.7, 1.2],
  },
  microscopy: {
    pictures: [
      [1000, 1000],
      [520, 696],
      [1360, 1024],
    ],
    bytesPerPx: [0.9, 1.5],
  },
  histopathology: {
    pictures: [
      [775, 522],
      [589, 453],
      [512, 512],
    ],
    bytesPerPx: [1.6, 2.2],
  },
}

/** The shape of that name. @throws RangeError if there is none. */
export function shapeOf(name: string): Shape {
  const shape = SHAPES[name]
  if (shape === undefined) throw new RangeError(`no such case shape: ${name}`)
  return shape
}

/** Voxels along the three body axes (right–left, front–back, head–foot); pictures have depth 1. */
export type Dims = [width: number, depth: number, height: number]

/** Draw one case's size into `dims`. */
export function drawDims(shape: Shape, random: Random, dims: Dims): void {
  const sizes = shape.pictures ?? shape.side ?? []
  const [a, b] = sizes[random.integer(0, sizes.length - 1)] as readonly [number, number]
  if (shape.depth === undefined) {
    random.next()
    dims[0] = a
    dims[1] = 1
    dims[2] = b
    return
  }
  const [min, max] = shape.depth
  dims[0] = a
  dims[1] = b
  // Squared, so that short scans are more frequent: few cases show the complete body.
  dims[2] = Math.round(min + (max - min) * random.next() ** 2)
}

/** Slices whose short side is less than half of the long one are not cut (SAM-Med2D's rule). */
export function isCut(dims: Dims, axis: 0 | 1 | 2): boolean {
  const [a, b] = [dims[(axis + 1) % 3] as number, dims[(axis + 2) % 3] as number]
  return axis === 2 || 2 * Math.min(a, b) >= Math.max(a, b)
}

/** Most slices that a case of this size can give, over all axes it is cut along. */
export function capacityOf(dims: Dims): number {
  let slices = dims[2]
  if (isCut(dims, 0)) slices += dims[0]
  if (isCut(dims, 1)) slices += dims[1]
  return slices
}

/** Mean capacity of a shape's cases; the plan chooses numbers of cases by it. */
export function meanCapacity(shape: Shape): number {
  if (shape.pictures) return 1
  const random = new Random(1)
  const dims: Dims = [0, 0, 0]
  let sum = 0
  for (let i = 0; i < 500; i++) {
    drawDims(shape, random, dims)
    sum += capacityOf(dims)
  }
  return sum / 500
}
