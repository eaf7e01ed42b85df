import type { Engine } from '../engine/engine'
import { sql } from '../sql'

export interface LabelNames {
  readonly label: string
  readonly region: string | null
  readonly is_lesion: boolean
}

/** The names of the ids in image and mask rows. */
export interface RowNames {
  readonly datasets: ReadonlyMap<number, string>
  readonly submodalities: ReadonlyMap<number, { submodality: string; modality: string }>
  readonly labels: ReadonlyMap<number, LabelNames>
  /** By dataset id, then label id: four digits. */
  readonly classIds: ReadonlyMap<number, ReadonlyMap<number, string>>
  /** Every label name of the manifest. */
  readonly labelNames: ReadonlySet<string>
}

/** Read the small tables that image and mask rows refer to. */
export async function readRowNames(engine: Engine): Promise<RowNames> {
  const datasets = await engine.rows<{ dataset_id: number; dataset: string }>(
    sql`SELECT dataset_id, dataset FROM datasets`,
  )
  const submodalities = await engine.rows<{
    submodality_id: number
    submodality: string
    modality: string
  }>(sql`SELECT submodality_id, submodality, modality FROM submodalities`)
  const labels = await engine.rows<LabelNames & { label_id: number }>(
    sql`SELECT label_id, label, region, is_lesion FROM labels`,
  )
  const classes = await engine.rows<{ dataset_id: number; label_id: number; class_id: string }>(
    sql`SELECT dataset_id, label_id, class_id FROM class_ids`,
  )
  const classIds = new Map<number, Map<number, string>>()
  for (const { dataset_id, label_id, class_id } of classes) {
    const ofDataset = classIds.get(dataset_id) ?? new Map<number, string>()
    classIds.set(dataset_id, ofDataset.set(label_id, class_id))
  }
  return {
    datasets: new Map(datasets.map(row => [row.dataset_id, row.dataset])),
    submodalities: new Map(submodalities.map(row => [row.submodality_id, row])),
    labels: new Map(labels.map(row => [row.label_id, row])),
    classIds,
    labelNames: new Set(labels.map(row => row.label)),
  }
}
