import { UserError } from '../../errors'

/** A label of a composed dataset: the label in the release, the name in `dataset.json`, and the value in label maps. */
export interface LabelValue {
  readonly label: string
  /** Differs from the label only if nnU-Net gives that name a special meaning. */
  readonly name: string
  readonly value: number
}

/** Names in `dataset.json` with a special meaning for nnU-Net. */
const RESERVED = ['background', 'ignore']

/** Label maps have eight bits, and 0 is background. */
const MOST_LABELS = 255

/**
 * Number labels from 1, ordered by name. Background is always 0, so a label named `background` or `ignore` is renamed
 * to `label_background` or `label_ignore`.
 */
export function labelValues(labels: readonly string[]): LabelValue[] {
  const names = new Set<string>(labels)
  // Sorts by code units, which gives the same order on every machine.
  return [...names].sort().map((label, i) => {
    let name = label
    while (RESERVED.includes(name) || (name !== label && names.has(name))) name = `label_${name}`
    return { label, name, value: i + 1 }
  })
}

/** @throws UserError for more labels than a label map can hold. */
export function assertLabelMap(labels: readonly unknown[]): void {
  if (labels.length > MOST_LABELS)
    throw new UserError(
      `the subset has ${labels.length} labels, and a label map holds ${MOST_LABELS}; select fewer with --where`,
      2,
    )
}

/** The object `labels` of `dataset.json`, as JSON text. A JavaScript object would put numeric names first. */
export const labelsJson = (values: readonly LabelValue[]): string =>
  `{"background": 0${values.map(({ name, value }) => `, ${JSON.stringify(name)}: ${value}`).join('')}}`
