import type { Dimensions } from '../../lib/filter/dimensions'
import { readDimensions } from '../../lib/queries/dimensions'
import { deriveTables } from '../../lib/store/derive.node.ts'
import type { Staging } from '../../lib/store/staging.node.ts'
import { tinyStaging } from '../tiny-staging'

export interface Slice {
  readonly image_id: number
  readonly dataset_id: number
  readonly submodality_id: number
  readonly case_id: number
  /** Number of the patient. */
  readonly patient: number
  readonly axis_id: number
  /** Null for a 2D picture. */
  readonly slice: number | null
  /** Ids of the labels of its masks, one for each mask. */
  readonly labels: readonly number[]
}

export interface VolumeRelease {
  readonly slices: readonly Slice[]
  readonly dimensions: Dimensions
  readonly staging: Staging
}

/** Datasets of the cases 0 to 9: four volumes of one, three of another one, and three pictures. */
const DATASET_OF_CASE = [0, 0, 0, 0, 1, 1, 1, 3, 3, 3]

/** In ACDC, the frames of a heart are cases of one patient. */
const CASE_NAMES = [
  'patient001_frame01',
  'patient001_frame12',
  'patient002_frame01',
  'patient002_frame10',
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
]
const PATIENT_OF_CASE = [0, 0, 1, 1, 2, 3, 4, 5, 6, 7]

/** Slices along these axes, by case: volumes of many lengths, of which one has gaps. */
const LENGTHS = [[40, 40, 30], [25], [9, 3], [1, 60], [30], [12, 12], [5]]

/**
 * A release of volumes, over the labels of the tiny release: label 0 lies in every slice, label 3 in the middle
 * half of a volume, 4 and 6 in a few of those, and labels 1 and 2, which share a name, at both ends.
 */
export async function volumeRelease(): Promise<VolumeRelease> {
  const { staging } = await tinyStaging()
  const { engine } = staging
  const slices: Slice[] = []
  const add = (slice: Omit<Slice, 'image_id' | 'patient'>) =>
    slices.push({
      image_id: slices.length,
      patient: PATIENT_OF_CASE[slice.case_id] as number,
      ...slice,
    })
  LENGTHS.forEach((lengths, case_id) => {
    const dataset_id = DATASET_OF_CASE[case_id] as number
    // The three volumes of BraTS have two sub-modalities.
    const submodalities = dataset_id === 1 ? [1, 2] : [0]
    lengths.forEach((length, axis_id) => {
      for (let at = 0; at < length; at++)
        for (const submodality_id of submodalities)
          add({
            dataset_id,
            submodality_id,
            case_id,
            axis_id,
            slice: case_id === 1 && at > 10 ? at + 37 : at,
            labels: labelsAt((at + 0.5) / length, at),
          })
    })
  })
  for (const case_id of [7, 8, 9])
    add({ dataset_id: 3, submodality_id: 3, case_id, axis_id: 3, slice: null, labels: [1, 1] })
  await engine.run(`DELETE FROM stage_images; DELETE FROM stage_masks; DELETE FROM stage_cases;
    UPDATE datasets SET dataset = 'ACDC' WHERE dataset_id = 0;
    INSERT INTO stage_cases
      VALUES ${DATASET_OF_CASE.map((dataset, id) => `(${id}, ${dataset}, '${CASE_NAMES[id]}')`).join(', ')};
    INSERT INTO stage_images VALUES ${slices
      .map(
        ({ image_id, dataset_id, submodality_id, case_id, axis_id, slice }) =>
          `(${[image_id, dataset_id, submodality_id, case_id, axis_id, slice ?? 'NULL', 'NULL', 'NULL', 'NULL'].join()})`,
      )
      .join(', ')};
    INSERT INTO stage_masks (image_id, label_id, instance) VALUES ${slices
      .flatMap(({ image_id, labels }) =>
        labels.map(
          (label, at) => `(${image_id}, ${label}, ${labels.indexOf(label) === at ? 0 : 1})`,
        ),
      )
      .join(', ')}`)
  await deriveTables(engine, () => {})
  return { slices, dimensions: await readDimensions(engine), staging }
}

/** @param position Within the volume, from 0 to 1. */
function labelsAt(position: number, at: number): number[] {
  // One slice in nine has no mask.
  if (at % 9 === 8) return []
  return [
    0,
    ...(position > 0.25 && position < 0.75 ? [3] : []),
    ...(at % 5 === 0 ? [4, 4] : []),
    ...(at % 7 === 0 ? [6] : []),
    ...(position < 0.15 ? [1] : []),
    ...(position > 0.85 ? [2] : []),
  ]
}
