import type { CaseLayout } from './case-layout'
import type { BodyAxis } from './case-slices'
import type { Stretch } from './field-of-view'
import { Random, seedOf } from './random'

/** Masks below this share of their image were dropped (processing rule: 100 of 256 × 256 pixels). */
const MIN_AREA_SHARE = 100 / (256 * 256)

/**
 * Bytes of a mask's PNG, fitted to 70 masks of the public release: a part for each pixel, as empty rows
 * take, and one for each row that the mask crosses. Those masks had 365 to 2,364 bytes.
 */
const BYTES = { base: 260, perPx: 0.0033, perRow: 3.2, min: 512, max: 2304, step: 256 }

/** Slices of one organ take this many sizes: neighbours are equal in size now and then. */
const SIZES = 20

/** What an image across the body shows along a side that is not cut itself. */
const BODY: Stretch = { lo: 0, length: 1 }
const HEAD: Stretch = { lo: 0.22, length: 0.56 }
const HEAD_FROM = 0.75

const SEED = seedOf('mask shape')

/**
 * Areas, boxes and bytes of masks: labels are ellipsoids, cut by slices. `loadAxis` prepares the loaded
 * case for one axis, `cut` a slice of one label, `place` one of its instances.
 */
export class MaskShape {
  /** Image size along the loaded axis, px. */
  width = 0
  height = 0
  /** The placed instance: area in px, half-open box in px. */
  area = 0
  x0 = 0
  y0 = 0
  x1 = 0
  y1 = 0
  /** Size of its PNG. */
  bytes = 0

  private readonly centreX: Float64Array
  private readonly centreY: Float64Array
  private readonly halfX: Float64Array
  private readonly halfY: Float64Array
  private readonly fill: Float64Array
  private readonly minArea: Float64Array
  private readonly random = new Random()
  private offset = 0
  private label = 0
  private profile = 0
  private instances = 1

  constructor(private readonly layout: CaseLayout) {
    const count = layout.labels.length
    this.centreX = new Float64Array(count)
    this.centreY = new Float64Array(count)
    this.halfX = new Float64Array(count)
    this.halfY = new Float64Array(count)
    this.fill = new Float64Array(count)
    this.minArea = new Float64Array(count)
  }

  /** Slices of the loaded case `i` across a body axis: project its labels onto them. */
  loadAxis(i: number, axis: BodyAxis): void {
    const { layout, random } = this
    const { dims } = layout.slices
    const across: BodyAxis = axis === 0 ? 1 : 0
    const down: BodyAxis = axis === 2 ? 1 : 2
    this.width = dims[across]
    this.height = dims[down]
    this.offset = axis * layout.labels.length
    random.seed(SEED, i)
    const smallest = MIN_AREA_SHARE * this.width * this.height
    for (let l = 0; l < layout.labels.length; l++) {
      this.project(across, l, this.centreX, this.halfX)
      this.project(down, l, this.centreY, this.halfY)
      // Organs fill an ellipse, vessels and bones less of it.
      this.fill[l] = (Math.PI / 4) * random.between(0.55, 0.98)
      this.minArea[l] = Math.ceil(smallest)
    }
  }

  /** Centre and half width in px of a label along one side of the image. */
  private project(side: BodyAxis, l: number, centres: Float64Array, halves: Float64Array) {
    const { slices, centre, half, labels, fov } = this.layout
    const size = slices.dims[side]
    const n = slices.count[side] as number
    let start = slices.first[side] as number
    let length = n * (slices.step[side] as number)
    if (n < 2) {
      const { lo, length: all } = fov[side] as Stretch
      const frame = side === 2 ? fov[2] : (fov[2]?.lo ?? 0) >= HEAD_FROM ? HEAD : BODY
      start = (size * (lo - (frame?.lo ?? 0))) / (frame?.length ?? 1)
      length = (size * all) / (frame?.length ?? 1)
    }
    const cell = side * labels.length + l
    centres[l] = start + length * (centre[cell] as number)
    halves[l] = Math.max(1.5, Math.min(0.49 * size, length * (half[cell] as number)))
  }

  /** Cut a label at a slice; `instances` of it will be placed. */
  cut(label: number, slice: number, instances: number): void {
    const { from, to } = this.layout
    const cell = this.offset + label
    const a = from[cell] as number
    const b = to[cell] as number
    const q = (2 * (slice - a) + 1) / (b - a) - 1
    this.profile = Math.ceil((1 - q * q) * SIZES) / SIZES
    this.label = label
    this.instances = instances
  }

  /** Instance 0 is the main one; the others are smaller and lie beside it. */
  place(instance: number): void {
    const { label, profile, instances, width, height } = this
    const others = instances - 1
    const share = others === 0 ? 1 : instance === 0 ? 0.72 : 0.28 / others
    const scale = Math.sqrt(profile * share)
    const halfX = this.halfX[label] as number
    const halfY = this.halfY[label] as number
    let w = Math.min(width, Math.max(2, Math.ceil(2 * halfX * scale)))
    let h = Math.min(height, Math.max(2, Math.ceil(2 * halfY * scale)))
    const area = Math.round(4 * halfX * halfY * scale * scale * (this.fill[label] as number))
    this.area = Math.min(width * height, Math.max(area, this.minArea[label] as number))
    // A mask that was raised to the smallest area needs a box that holds it.
    if (w * h < this.area) {
      w = Math.min(width, Math.max(w, Math.ceil(Math.sqrt(this.area))))
      h = Math.min(height, Math.max(h, Math.ceil(this.area / w)))
      w = Math.max(w, Math.ceil(this.area / h))
    }
    const side = instance === 0 ? 0 : (instance & 1) === 1 ? 1 : -1
    const x = (this.centreX[label] as number) + side * 0.8 * halfX
    const y = (this.centreY[label] as number) + side * (((instance >> 1) & 3) / 4) * halfY
    this.x0 = Math.max(0, Math.min(width - w, Math.floor(x - w / 2)))
    this.y0 = Math.max(0, Math.min(height - h, Math.floor(y - h / 2)))
    this.x1 = this.x0 + w
    this.y1 = this.y0 + h
    const bytes = BYTES.base + BYTES.perPx * width * height + BYTES.perRow * h
    const clamped = Math.min(BYTES.max, Math.max(BYTES.min, bytes))
    this.bytes = Math.round(clamped / BYTES.step) * BYTES.step
  }
}
