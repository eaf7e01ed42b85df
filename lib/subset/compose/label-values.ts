import { UserError } from '../../errors'

/** A label of a composed dataset: its name in the release, in `dataset.json`, and its value in label maps. */
export interface LabelValue {
  readonly label: string
  /** Differs from the label only where the label's name means something else to nnU-Net. */
  readonly name: string
  readonly value: number
}

/** Names in `dataset.json` that nnU-Net gives a meaning of its own. */
const RESERVED = ['background', 'ignore']

/** Label maps have eight bits, and 0 is background. */
const MOST_LABELS = 255

/**
 * Number labels from 1, in the order of their names. Background is 0 whatever labels are called: a label named
 * `background` or `ignore` becomes `label_background` or `label_ignore`.
 */
export function labelValues(labels: readonly string[]): LabelValue[] {
  const names = new Set<string>(labels)
  // By code units, the same on every machine.
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

/**
 * The object `labels` of `dataset.json` as JSON. It is text, because an object would put names that are numbers
 * first.
 */
export const labelsJson = (values: readonly LabelValue[]): string =>
  `{"background": 0${values.map(({ name, value }) => `, ${JSON.stringify(name)}: ${value}`).join('')}}`
