import { z } from 'zod'
import json from '../../data/reference-plan.json'

/** Exact counts of one sub-modality of one dataset: its code, images, masks. */
const submodalitySchema = z.tuple([z.string(), z.number(), z.number()]).readonly()

const partSchema = z.strictObject({
  modality: z.string(),
  /** Key of SHAPES. */
  shape: z.string(),
  /** Volumes or, for 2D sources, pictures. */
  cases: z.number(),
  /** Pattern of the ori names, as `caseNames` reads it. */
  caseName: z.string(),
  /** Labels that its cases may show; absent: all of the dataset. */
  shows: z.array(z.string()).readonly().optional(),
  submodalities: z.array(submodalitySchema).readonly(),
})

const datasetSchema = z.strictObject({
  dataset: z.string(),
  released: z.boolean(),
  structures: z.array(z.string()).readonly(),
  parts: z.array(partSchema.readonly()).readonly(),
  /** Label names with the share of cases that show them. */
  labels: z.array(z.tuple([z.string(), z.number()]).readonly()).readonly(),
  /** Class ids in the order of the labels, where those of the release are known; absent: 0, 1, 2 … */
  classIds: z.array(z.number()).readonly().optional(),
})

export type PlannedSubmodality = z.infer<typeof submodalitySchema>

/** A dataset's cases in one modality. */
export type PlannedPart = Readonly<z.infer<typeof partSchema>>

export type PlannedDataset = Readonly<z.infer<typeof datasetSchema>>

/**
 * The committed plan of the reference manifest: one entry per dataset, with exact counts that
 * satisfy every published number. Written by solve-plan.node.ts.
 */
export const REFERENCE_PLAN: readonly PlannedDataset[] = z.array(datasetSchema).parse(json.datasets)

/**
 * The plan at a smaller size: at least one image in each sub-modality, one mask per image and one
 * case in each part. The published totals hold at scale 1 only.
 *
 * @param scale Share of the images and masks to keep, in (0, 1].
 * @throws RangeError for any other scale.
 */
export function scalePlan(
  plan: readonly PlannedDataset[],
  scale: number,
): readonly PlannedDataset[] {
  if (!(scale > 0 && scale <= 1)) throw new RangeError(`scale must be in (0, 1], not ${scale}`)
  if (scale === 1) return plan
  return plan.map(dataset => ({
    ...dataset,
    parts: dataset.parts.map(part => {
      const submodalities = part.submodalities.map(([code, images, masks]): PlannedSubmodality => {
        const kept = Math.max(1, Math.round(images * scale))
        return [code, kept, Math.max(kept, Math.round(masks * scale))]
      })
      const slices = Math.max(...submodalities.map(([, images]) => images))
      return {
        ...part,
        submodalities,
        cases: Math.min(slices, Math.max(1, Math.ceil(part.cases * scale))),
      }
    }),
  }))
}
