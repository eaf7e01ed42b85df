import { UserError } from '../../errors'
import { jsonMaskPathOf, jsonPathOf, pathOf } from '../subset-image'
import type { Writer } from './writer'

const json = JSON.stringify

/**
 * COCO object detection with category ids from 1. Boxes are x, y, width, height. Masks are compressed RLE if their
 * pixels are available; there are no polygons. `mask_file` names the file of a mask.
 */
export const coco: Writer = ({ name, manifest, labels, hasPixels }) => {
  const categoryOf = new Map(labels.map((label, i) => [label, i + 1]))
  const info = `${name}, of ${manifest.name}, manifest ${manifest.id}${manifest.simulated ? ' (simulated)' : ''}`
  const categories = labels.map((label, i) => ({ id: i + 1, name: label }))
  const head = `{"info": ${json({ description: info })},\n"categories": ${json(categories)},\n"images": [\n`
  let id = 0
  return [
    {
      needs: 'images',
      open: head,
      between: ',\n',
      close: `\n],\n"annotations": [`,
      empty: `${head}],\n"annotations": [`,
      itemOf: image => {
        const { imageId, width, height } = image
        if (width === null || height === null)
          throw new UserError(
            `${pathOf(image)}: the image size is unknown, but COCO needs it; measure the manifest with the command measure, or choose another format`,
          )
        return `{"id":${imageId},"file_name":${jsonPathOf(image)},"width":${width},"height":${height}}`
      },
    },
    {
      needs: hasPixels ? 'pixels' : 'areas',
      open: '\n',
      between: ',\n',
      close: '\n]}\n',
      empty: '\n]}\n',
      itemOf: image => {
        let text = ''
        for (const mask of image.masks) {
          // Values that were not measured come from the pixels.
          const { of, rle } = mask
          const area = mask.area ?? rle?.area
          const box = mask.box ?? rle?.box
          // An empty mask has no box, so it is not an object.
          if (!area || !box) continue
          const bbox = `[${box[0]},${box[1]},${box[2] - box[0]},${box[3] - box[1]}]`
          const segmentation = rle
            ? `{"size":[${image.height},${image.width}],"counts":${json(rle.counts)}}`
            : '[]'
          id++
          text += `${text && ',\n'}{"id":${id},"image_id":${image.imageId},"category_id":${categoryOf.get(of.label)},"bbox":${bbox},"area":${area},"iscrowd":0,"segmentation":${segmentation},"mask_file":${jsonMaskPathOf(image, mask)}}`
        }
        return text
      },
    },
  ]
}
