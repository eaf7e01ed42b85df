import submodalityNames from '../../data/submodalities.json'
import { classifyLabel, type LabelMeaning } from '../taxonomy/classify-label'
import { caseNames } from './case-names'
import type { PlannedDataset } from './plan'

export interface LabelRow extends LabelMeaning {
  readonly label: string
}

/** The dimension tables of a plan; a row's position is its id. */
export interface Dimensions {
  /** In order of the name. */
  readonly datasets: readonly PlannedDataset[]
  /** In order of modality and code; those of the plan only. */
  readonly submodalities: readonly { readonly submodality: string; readonly modality: string }[]
  /** In order of label, organ and the rest of the meaning. */
  readonly labels: readonly LabelRow[]
  /** Label ids of each dataset's labels, in the order of its plan: the position is the class id. */
  readonly labelIds: readonly (readonly number[])[]
  /** Case names of each dataset, sorted. */
  readonly cases: readonly (readonly string[])[]
}

/** Order of code units, which is what the manifest sorts strings by; plain names have no others. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Same text for the same label row; sorts by label, then organ, unassigned ones first. */
const keyOf = ({ label, organ, region, isLesion, isUnion, side }: LabelRow): string =>
  [label, organ ?? '', region ?? '', isLesion, isUnion, side ?? ''].join('\u0000')

/** Work out the dimension tables of a plan. */
export function dimensionsOf(plan: readonly PlannedDataset[]): Dimensions {
  const datasets = [...plan].sort((a, b) => compare(a.dataset, b.dataset))
  const codes = new Set(
    plan.flatMap(({ parts }) =>
      parts.flatMap(({ submodalities }) => submodalities.map(([code]) => code)),
    ),
  )
  const meanings = datasets.map(({ dataset, labels }) => {
    const classMap = labels.map(([label]) => label)
    return classMap.map(
      (label): LabelRow => ({
        label,
        ...classifyLabel(dataset, label, classMap),
      }),
    )
  })
  const labels = new Map(meanings.flat().map(row => [keyOf(row), row]))
  const keys = [...labels.keys()].sort(compare)
  const idOf = new Map(keys.map((key, id) => [key, id]))
  return {
    datasets,
    submodalities: submodalityNames.submodalities
      .filter(({ submodality }) => codes.has(submodality))
      .map(({ submodality, modality }) => ({ submodality, modality }))
      .sort((a, b) => compare(a.modality, b.modality) || compare(a.submodality, b.submodality)),
    labels: keys.map(key => labels.get(key) as LabelRow),
    labelIds: meanings.map(rows => rows.map(row => idOf.get(keyOf(row)) as number)),
    cases: datasets.map(({ parts }) =>
      [...new Set(parts.flatMap(({ caseName, cases }) => caseNames(caseName, cases)))].sort(),
    ),
  }
}
