import type { TableWriter } from '../engine/table-writer.node.ts'
import type { CaseLayout } from './case-layout'
import { shapeOf } from './case-shape'
import { FILE_AXES } from './case-slices'
import type { MaskBudget } from './mask-budget'
import { MaskShape } from './mask-shape'
import type { PlannedPart } from './plan'
import { Random, seedOf } from './random'

/** `axis_id` of pictures. */
const PICTURE_AXIS = 3

/** Simulated PNG sizes are multiples of this, which keeps the column small. */
const BYTES_STEP = 256

/** Ids that a part's rows carry. */
export interface PartIds {
  readonly datasetId: number
  /** Ids of the part's sub-modalities, in the plan's order, ascending. */
  readonly submodalityIds: readonly number[]
  /** Ids of the part's cases, ascending. */
  readonly caseIds: readonly number[]
}

/** Where rows go: the staging tables, written in their final order. */
export interface RowSink {
  readonly images: TableWriter
  readonly masks: TableWriter
}

/**
 * Write all images and masks of one part, in order of case, axis, slice and sub-modality. All
 * sub-modalities of a slice show the same labels.
 *
 * @returns the next free image id.
 */
export function writePart(
  part: PlannedPart,
  { datasetId, submodalityIds, caseIds }: PartIds,
  layout: CaseLayout,
  budget: MaskBudget,
  { images, masks }: RowSink,
  firstImageId: number,
): number {
  const { labels, slices, from, to } = layout
  const shape = new MaskShape(layout)
  const random = new Random()
  const seed = seedOf(`bytes/${part.caseName}`)
  const [minBytes, maxBytes] = shapeOf(part.shape).bytesPerPx
  const limits = part.submodalities.map(([, count]) => count)
  const active = new Int32Array(labels.length)
  let imageId = firstImageId
  let sliceIndex = 0
  for (let i = 0; i < caseIds.length; i++) {
    layout.load(i)
    random.seed(seed, i)
    const bytesPerPx = random.between(minBytes, maxBytes)
    // Which labels get further instances first: the same all through a case.
    const turn = random.integer(0, labels.length - 1)
    for (let fileAxis = 0; fileAxis < 3; fileAxis++) {
      const axis = FILE_AXES[fileAxis] ?? 0
      const n = slices.count[axis] as number
      if (n === 0) continue
      shape.loadAxis(i, axis)
      const { width, height } = shape
      const axisId = slices.isPicture ? PICTURE_AXIS : fileAxis
      const offset = axis * labels.length
      for (let slice = 0; slice < n; slice++, sliceIndex++) {
        let count = 0
        for (let l = 0; l < labels.length; l++) {
          if (slice >= (from[offset + l] as number) && slice < (to[offset + l] as number))
            active[count++] = l
        }
        // Slices through the middle of the body show more, so their files are larger.
        const q = (2 * slice + 1) / n - 1
        const size = width * height * bytesPerPx * (1 - 0.1 * q * q)
        const number = slices.isPicture
          ? null
          : (slices.first[axis] as number) + slice * (slices.step[axis] as number)
        for (let j = 0; j < limits.length; j++) {
          if (sliceIndex >= (limits[j] as number)) continue
          const bytes = Math.ceil((size * (1 - 0.03 * j)) / BYTES_STEP) * BYTES_STEP
          images.append(
            imageId,
            datasetId,
            submodalityIds[j] as number,
            caseIds[i] as number,
            axisId,
            number,
            width,
            height,
            bytes,
          )
          const extras = budget.extrasOn(j, count)
          const each = Math.floor(extras / count)
          const rest = extras - each * count
          for (let k = 0; k < count; k++) {
            const l = active[k] as number
            const instances = 1 + each + ((k + turn) % count < rest ? 1 : 0)
            const labelId = labels[l]?.labelId as number
            shape.cut(l, slice, instances)
            for (let instance = 0; instance < instances; instance++) {
              shape.place(instance)
              const { area, x0, y0, x1, y1, bytes } = shape
              masks.append(imageId, labelId, instance, area, x0, y0, x1, y1, bytes)
            }
          }
          imageId++
        }
      }
    }
  }
  return imageId
}
