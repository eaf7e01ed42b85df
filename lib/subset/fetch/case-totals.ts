import type { LeftOut } from '../compose/compose-case.node.ts'
import type { LabelValue } from '../compose/label-values'
import type { CaseRecord } from './case-journal.node.ts'

/** Totals of a label over all label maps. */
export interface LabelTotals extends LabelValue {
  /** Images with masks of the label. */
  readonly images: number
  readonly masks: number
  /** Pixels that masks of the label cover. */
  readonly covered: number
  /** Covered pixels that have another label in the label maps. */
  readonly lost: number
  /** Images with masks of the label in which it has no pixel left. */
  readonly imagesWithout: number
}

/** Totals of a composed dataset, including what was left out. */
export interface CaseTotals {
  readonly images: number
  /** Images in train and val; all images without a split. */
  readonly training: number
  readonly channels: 1 | 3 | null
  readonly labels: readonly LabelTotals[]
  /** Background pixels that merged masks cover, and the number of images with such pixels. */
  readonly mergedOnly: { readonly pixels: number; readonly images: number }
  /** Number of masks left out, by reason. */
  readonly masksLeftOut: Readonly<Record<LeftOut, number>>
  /** Number of images left out: without a usable mask, or with a picture that cannot be decoded. */
  readonly imagesLeftOut: { readonly masks: number; readonly picture: number }
  /** Some of the paths left out, with the reason. */
  readonly firstLeftOut: readonly string[]
  /** Number of files with a fix. */
  readonly fixed: number
  readonly splits: Readonly<Record<string, number>>
  /** Number of folds of train; 0 without folds. */
  readonly folds: number
}

const MOST_NAMED = 5

/** Add up all records of a dataset. */
export async function totalsOf(
  records: AsyncIterable<CaseRecord>,
  values: readonly LabelValue[],
): Promise<CaseTotals> {
  const labels = new Map(
    values.map(value => [
      value.label,
      { ...value, images: 0, masks: 0, covered: 0, lost: 0, imagesWithout: 0 },
    ]),
  )
  const masksLeftOut = { merged: 0, empty: 0, 'wrong-size': 0, fixed: 0 }
  const imagesLeftOut = { masks: 0, picture: 0 }
  const mergedOnly = { pixels: 0, images: 0 }
  const firstLeftOut: string[] = []
  const splits: Record<string, number> = {}
  let [images, training, fixed, folds] = [0, 0, 0, 0]
  let channels: 1 | 3 | null = null
  const name = (text: string) => {
    if (firstLeftOut.length < MOST_NAMED) firstLeftOut.push(text)
  }
  for await (const record of records) {
    for (const { path, why } of record.leftOut) {
      masksLeftOut[why]++
      if (why !== 'merged') name(`${path}: ${why}`)
    }
    fixed += record.fixed.length
    if (record.without !== null) {
      imagesLeftOut[record.without]++
      name(record.problem ?? `images/${record.stem}.png: no usable mask`)
      continue
    }
    images++
    channels = record.channels ?? channels
    mergedOnly.pixels += record.mergedOnly
    if (record.mergedOnly > 0) mergedOnly.images++
    if (record.split !== 'test') training++
    if (record.split !== null) splits[record.split] = (splits[record.split] ?? 0) + 1
    folds = Math.max(folds, record.fold ?? 0)
    for (const { label, masks, covered, lost } of record.labels) {
      const total = labels.get(label)
      if (!total) continue
      total.images++
      total.masks += masks
      total.covered += covered
      total.lost += lost
      if (lost === covered) total.imagesWithout++
    }
  }
  return {
    images,
    training,
    channels,
    labels: [...labels.values()],
    mergedOnly,
    masksLeftOut,
    imagesLeftOut,
    firstLeftOut,
    fixed,
    splits,
    folds,
  }
}
