import { labelsJson, labelValues } from '../compose/label-values'
import type { SplitName } from '../recipe'
import { jsonMaskPathOf, jsonPathOf, type SubsetImage, type SubsetLabel } from '../subset-image'
import type { Pass, Writer } from './writer'

const json = JSON.stringify

/** A name without folder and extension stands for an image. */
const keyOf = ({ series, end }: SubsetImage) => `"${series.jsonStart}${end}"`

/**
 * Modalities whose files have one channel, as far as files of the release were seen. Slices of volumes are RGB with
 * equal channels, which nnU-Net reads as three channels too, and photographs are RGB.
 */
const ONE_CHANNEL: ReadonlySet<string> = new Set(['Ultrasound'])

const channelNames = (modalities: readonly string[]): string =>
  modalities.length > 0 && modalities.every(modality => ONE_CHANNEL.has(modality))
    ? '{"0": "grey"}'
    : '{"0": "R", "1": "G", "2": "B"}'

/**
 * dataset.json as nnU-Net's is, with the masks of each label listed: it wants one label map a case, which `fetch
 * --layout nnunet` composes, with the channels that the files really have. It plans
 * with, and trains on, every case of `dataset`, so those of a test side stand in `test`, which it does not read.
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

/** Masks come in order of label id, and ids in order of the name, so those of a label follow each other. */
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
