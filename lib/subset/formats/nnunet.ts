import { labelsJson, labelValues } from '../compose/label-values'
import type { SplitName } from '../recipe'
import { jsonMaskPathOf, jsonPathOf, type SubsetImage, type SubsetLabel } from '../subset-image'
import type { Pass, Writer } from './writer'

const json = JSON.stringify

/** The image name without folder and extension is the key. */
const keyOf = ({ series, end }: SubsetImage) => `"${series.jsonStart}${end}"`

/**
 * Modalities with single-channel files, according to the files of the release that were examined. Slices of volumes are
 * RGB with equal channels, which nnU-Net reads as three channels. Photographs are RGB too.
 */
const ONE_CHANNEL: ReadonlySet<string> = new Set(['Ultrasound'])

const channelNames = (modalities: readonly string[]): string =>
  modalities.length > 0 && modalities.every(modality => ONE_CHANNEL.has(modality))
    ? '{"0": "grey"}'
    : '{"0": "R", "1": "G", "2": "B"}'

/**
 * dataset.json in nnU-Net's shape, with the masks listed by label. nnU-Net needs a single label map per case; `fetch
 * --layout nnunet` composes those, with the real channels of the files. nnU-Net plans and trains on every case in
 * `dataset`, so test cases are in `test`, which it does not read.
 */
export const nnunet: Writer = ({ name, labels, modalities, training, hasSplits, folds }) => {
  const values = labelValues(labels)
  const nameOf = new Map(values.map(value => [value.label, json(value.name)]))
  const caseOf = (image: SubsetImage) =>
    `${keyOf(image)}: {"images":[${jsonPathOf(image)}],"masks":{${masksByLabel(image, nameOf)}}}`
  const head = `{"name": ${json(name)},\n"channel_names": ${channelNames(modalities)},\n"labels": ${labelsJson(values)},\n"file_ending": ".png",\n"dataset": {\n`
  const tail = `},\n"numTraining": ${training},\n"test": {`
  const cases = { needs: 'masks', between: ',\n', itemOf: caseOf } as const
  if (!hasSplits) {
    const end = `${tail}},\n"splits": []}\n`
    return [{ ...cases, open: head, close: `\n${end}`, empty: head + end }]
  }
  const splits = '},\n"splits": [{"train":['
  const keys = (split: SplitName, close: string): Pass => ({
    splits: [split],
    open: '',
    between: ',',
    close,
    empty: close,
    needs: 'images',
    itemOf: keyOf,
  })
  if (folds > 0) {
    const inFold = (nth: number, isIn: boolean, close: string): Pass => ({
      ...keys('train', close),
      fold: { nth, isIn },
    })
    const lists = Array.from({ length: folds }, (_, i) => [
      inFold(i + 1, false, '],"val":['),
      inFold(i + 1, true, i + 1 < folds ? ']},\n{"train":[' : ']}]}\n'),
    ])
    return [
      { ...cases, splits: ['train', 'val'], open: head, close: `\n${tail}`, empty: head + tail },
      { ...cases, splits: ['test'], open: '\n', close: `\n${splits}`, empty: splits },
      ...lists.flat(),
    ]
  }
  return [
    { ...cases, splits: ['train', 'val'], open: head, close: `\n${tail}`, empty: head + tail },
    { ...cases, splits: ['test'], open: '\n', close: `\n${splits}`, empty: splits },
    keys('train', '],"val":['),
    keys('val', ']}]}\n'),
  ]
}

/** Masks are ordered by label id, and ids by name, so masks of a label are consecutive. */
function masksByLabel(image: SubsetImage, nameOf: ReadonlyMap<string, string>): string {
  let text = ''
  let last: SubsetLabel | null = null
  for (const mask of image.masks) {
    const path = jsonMaskPathOf(image, mask)
    if (mask.of.label === last?.label) text += `,${path}`
    else text += `${text && '],'}${nameOf.get(mask.of.label) ?? mask.of.jsonLabel}:[${path}`
    last = mask.of
  }
  return text && `${text}]`
}
