import type { Dimensions } from '../filter/dimensions'
import type { SubsetLabel, SubsetSeries } from './subset-image'

/**
 * Returns a function that finds what images share. It gives the same object for a case and sub-modality as long as
 * images come case by case.
 *
 * @param caseNames Keyed by case id.
 */
export function seriesFinder(
  { submodalities, datasets }: Dimensions,
  caseNames: readonly string[],
): (datasetId: number, submodalityId: number, caseId: number) => SubsetSeries {
  let lastCase = -1
  let found: SubsetSeries[] = []
  return (datasetId, submodalityId, caseId) => {
    if (caseId !== lastCase) {
      lastCase = caseId
      found = []
    }
    const known = found[submodalityId]
    if (known) return known
    const { submodality, modality } = submodalities[submodalityId] as (typeof submodalities)[number]
    const { dataset } = datasets[datasetId] as (typeof datasets)[number]
    const caseName = caseNames[caseId] as string
    const start = `${[submodality, dataset, caseName].join('--')}--`
    const jsonStart = JSON.stringify(start).slice(1, -1)
    const series = { modality, submodality, dataset, caseName, start, jsonStart }
    found[submodalityId] = series
    return series
  }
}

/** Class id of a label in a dataset. */
export interface ClassId {
  readonly dataset_id: number
  readonly label_id: number
  readonly class_id: string
}

/**
 * Returns a function that finds what masks share, by dataset id and label id. It returns undefined for a label that the
 * dataset lacks.
 */
export function labelFinder(
  { labels }: Dimensions,
  classIds: readonly ClassId[],
): (datasetId: number, labelId: number) => SubsetLabel | undefined {
  const found = new Map<number, SubsetLabel>()
  const keyOf = (datasetId: number, labelId: number) => datasetId * 65_536 + labelId
  for (const { dataset_id, label_id, class_id } of classIds) {
    const row = labels[label_id]
    if (!row) continue
    const { label, organ, region, is_lesion, is_union } = row
    found.set(keyOf(dataset_id, label_id), {
      labelId: label_id,
      label,
      organ,
      region,
      isLesion: is_lesion,
      isUnion: is_union,
      classId: class_id,
      jsonLabel: JSON.stringify(label),
    })
  }
  return (datasetId, labelId) => found.get(keyOf(datasetId, labelId))
}
