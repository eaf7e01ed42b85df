import {
  jsonMaskPathOf,
  jsonPathOf,
  type SubsetLabel,
  type SubsetMask,
  type SubsetSeries,
} from '../subset-image'
import { onceEach } from './once-each'
import type { Writer } from './writer'

const json = JSON.stringify

const corners = (box: SubsetMask['box']) =>
  box ? `[${box[0]},${box[1]},${box[2]},${box[3]}]` : 'null'

const foldJson = (fold: number | null) => (fold === null ? '' : `,"fold":${fold}`)

/** A line for each image, with its masks. */
export const jsonl: Writer = () => {
  const seriesJson = onceEach(
    ({ modality, submodality, dataset, caseName }: SubsetSeries) =>
      `"modality":${json(modality)},"submodality":${json(submodality)},"dataset":${json(dataset)},"caseName":${json(caseName)}`,
  )
  const labelJson = onceEach(
    ({ jsonLabel, organ, region, isLesion, isUnion, classId }: SubsetLabel) =>
      `"label":${jsonLabel},"organ":${json(organ)},"region":${json(region)},"isLesion":${isLesion},"isUnion":${isUnion},"classId":"${classId}"`,
  )
  return [
    {
      needs: 'areas',
      open: '',
      between: '',
      close: '',
      empty: '',
      itemOf: image => {
        const { imageId, series, axis, slice, width, height, split, fold } = image
        let masks = ''
        for (const mask of image.masks) {
          const { of, instance, area, box } = mask
          masks += `${masks && ','}{"path":${jsonMaskPathOf(image, mask)},${labelJson(of)},"instance":${instance},"area":${area},"box":${corners(box)}}`
        }
        return `{"imageId":${imageId},"path":${jsonPathOf(image)},${seriesJson(series)},"axis":"${axis}","slice":${slice},"width":${width},"height":${height},"split":${json(split)}${foldJson(fold)},"masks":[${masks}]}\n`
      },
    },
  ]
}

/** metadata.jsonl of a Hugging Face `imagefolder`. Objects are lists of equal length. */
export const imagefolder: Writer = () => {
  const seriesJson = onceEach(
    ({ modality, dataset, caseName }: SubsetSeries) =>
      `"modality":${json(modality)},"dataset":${json(dataset)},"case":${json(caseName)}`,
  )
  return [
    {
      needs: 'areas',
      open: '',
      between: '',
      close: '',
      empty: '',
      itemOf: image => {
        let labels = ''
        let names = ''
        let boxes = ''
        for (const mask of image.masks) {
          const { of, box } = mask
          const comma = labels && ','
          labels += `${comma}${of.jsonLabel}`
          names += `${comma}${jsonMaskPathOf(image, mask)}`
          boxes += `${comma}${box ? `[${box[0]},${box[1]},${box[2] - box[0]},${box[3] - box[1]}]` : 'null'}`
        }
        return `{"file_name":${jsonPathOf(image)},"split":${json(image.split)}${foldJson(image.fold)},${seriesJson(image.series)},"objects":{"label":[${labels}],"mask_file_name":[${names}],"bbox":[${boxes}]}}\n`
      },
    },
  ]
}
