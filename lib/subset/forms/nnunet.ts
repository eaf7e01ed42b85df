import type { SplitName } from '../recipe'
import { jsonMaskPathOf, jsonPathOf, type SubsetImage, type SubsetLabel } from '../subset-image'
import type { Form, Pass } from './form'

const json = JSON.stringify

/** A name without folder and ending stands for an image. */
const keyOf = ({ series, end }: SubsetImage) => `"${series.jsonStart}${end}"`

/** dataset.json as nnU-Net's is, with the masks of each label listed: it wants one label map a case. */
export const nnunet: Form = ({ name, labels, images }) => {
  const labelIds = Object.fromEntries([
    ['background', 0],
    ...labels.map((label, i) => [label, i + 1]),
  ])
  const head = `{"name": ${json(name)},\n"channel_names": {"0": "image"},\n"labels": ${json(labelIds)},\n"file_ending": ".png",\n"dataset": {\n`
  const tail = `},\n"numTraining": ${images},\n"splits": [{"train":[`
  const keys = (split: SplitName, close: string): Pass => ({
    ...{ split, open: '', between: ',', close, empty: close },
    needs: 'images',
    itemOf: keyOf,
  })
  return [
    {
      needs: 'masks',
      ...{ open: head, between: ',\n', close: `\n${tail}`, empty: head + tail },
      itemOf: image =>
        `${keyOf(image)}: {"images":[${jsonPathOf(image)}],"masks":{${masksByLabel(image)}}}`,
    },
    keys('train', '],"val":['),
    keys('val', ']}]}\n'),
  ]
}

/** Masks come in order of label id, and ids in order of the name, so those of a label follow each other. */
function masksByLabel(image: SubsetImage): string {
  let text = ''
  let last: SubsetLabel | null = null
  for (const mask of image.masks) {
    const path = jsonMaskPathOf(image, mask)
    if (mask.of.label === last?.label) text += `,${path}`
    else text += `${text && '],'}${mask.of.jsonLabel}:[${path}`
    last = mask.of
  }
  return text && `${text}]`
}
