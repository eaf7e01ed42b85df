import { setImmediate } from 'node:timers/promises'
import { TableWriter } from '../engine/table-writer.node.ts'
import type { Manifest } from '../manifest/manifest'
import { diskError } from '../store/disk-error'
import {
  openStaging,
  STAGE_IMAGE_COLUMNS,
  STAGE_MASK_COLUMNS,
  type Staging,
} from '../store/staging.node.ts'
import { writeManifest } from '../store/write-manifest.node.ts'
import { bodyBox } from './body-box'
import { CaseLayout } from './case-layout'
import { caseNames } from './case-names'
import { type Dimensions, dimensionsOf } from './dimensions'
import { MaskBudget } from './mask-budget'
import { type PlannedDataset, REFERENCE_PLAN, scalePlan } from './plan'
import { writeDimensions } from './write-dimensions.node.ts'
import { type RowSink, writePart } from './write-part.node.ts'

const SOURCE =
  'simulated from the published numbers of arXiv:2311.11969 (data/paper.json); describes no real file'

export interface ReferenceOptions {
  /** Folder of the manifest to write. */
  readonly out: string
  /** Share of the full size, in (0, 1]; the published totals hold at 1 only. */
  readonly scale?: number
  /** Write one file per modality and dataset for the large tables. */
  readonly partition?: boolean
  readonly log?: (line: string) => void
  /** Called with the number of simulated images, and the number of all images. */
  readonly onImages?: (images: number, total: number) => void
}

/**
 * Write the reference manifest: a simulated description of SA-Med2D-20M whose totals equal the
 * published ones. The same scale gives the same rows on every machine.
 *
 * @throws RangeError if the scale is not in (0, 1].
 */
export async function writeReference({
  out,
  scale = 1,
  partition = false,
  log = () => {},
  onImages = () => {},
}: ReferenceOptions): Promise<Manifest> {
  const plan = scalePlan(REFERENCE_PLAN, scale)
  let staging: Staging | undefined
  try {
    staging = await openStaging(out)
    await simulate(plan, staging, onImages)
    return await writeManifest(staging, {
      out,
      name: referenceName(scale),
      source: SOURCE,
      simulated: true,
      partition,
      log,
    })
  } catch (error) {
    throw diskError(error, out)
  } finally {
    await staging?.dispose()
  }
}

/** Name of a reference manifest, which contains its scale. */
export const referenceName = (scale: number): string =>
  scale === 1 ? 'SA-Med2D-20M reference' : `SA-Med2D-20M reference, scale ${scale}`

/** Fill empty staging tables with the rows of a plan, in the manifest's order. */
export async function simulate(
  plan: readonly PlannedDataset[],
  { engine }: Staging,
  onImages: (images: number, total: number) => void = () => {},
): Promise<void> {
  const dimensions = dimensionsOf(plan)
  await writeDimensions(engine.connection, dimensions)
  const sink: RowSink = {
    images: await TableWriter.open(engine.connection, 'stage_images', STAGE_IMAGE_COLUMNS),
    masks: await TableWriter.open(engine.connection, 'stage_masks', STAGE_MASK_COLUMNS),
  }
  const modalities = [...new Set(dimensions.submodalities.map(({ modality }) => modality))]
  const total = plan
    .flatMap(({ parts }) => parts.flatMap(part => part.submodalities))
    .reduce((sum, [, images]) => sum + images, 0)
  let images = 0
  for (const modality of modalities) {
    for (let datasetId = 0; datasetId < dimensions.datasets.length; datasetId++) {
      images = simulateDataset(dimensions, datasetId, modality, sink, images)
      onImages(images, total)
      // So that signals and progress are handled between datasets.
      await setImmediate()
    }
  }
  sink.images.close()
  sink.masks.close()
}

function simulateDataset(
  { datasets, submodalities, labels, labelIds, cases }: Dimensions,
  datasetId: number,
  modality: string,
  sink: RowSink,
  firstImageId: number,
): number {
  const planned = datasets[datasetId] as PlannedDataset
  const firstCaseId = cases.slice(0, datasetId).reduce((sum, names) => sum + names.length, 0)
  const caseIdOf = new Map(cases[datasetId]?.map((name, i) => [name, firstCaseId + i]))
  const submodalityIdOf = new Map(submodalities.map(({ submodality }, id) => [submodality, id]))
  const partLabels = (labelIds[datasetId] ?? [])
    .map((labelId, i) => {
      const [label, presence] = planned.labels[i] as readonly [string, number]
      const meaning = labels[labelId] as Dimensions['labels'][number]
      return {
        label,
        labelId,
        presence,
        isLesion: meaning.isLesion,
        box: bodyBox(label, meaning, planned.structures),
      }
    })
    .sort((a, b) => a.labelId - b.labelId)
  let imageId = firstImageId
  for (const part of planned.parts) {
    if (part.modality !== modality) continue
    const { shows } = part
    const shown = shows ? partLabels.filter(({ label }) => shows.includes(label)) : partLabels
    const layout = new CaseLayout(planned.dataset, part, shown)
    const budget = new MaskBudget(layout, part.submodalities)
    const ids = {
      datasetId,
      submodalityIds: part.submodalities.map(([code]) => submodalityIdOf.get(code) as number),
      caseIds: caseNames(part.caseName, part.cases).map(name => caseIdOf.get(name) as number),
    }
    imageId = writePart(part, ids, layout, budget, sink, imageId)
  }
  return imageId
}
