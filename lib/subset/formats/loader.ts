import { jsonMaskPathOf, jsonPathOf, maskPathOf, pathOf, type SubsetImage } from '../subset-image'
import type { Pass, Writer } from './writer'

const pairs = (itemOf: Pass['itemOf']): Writer => {
  const pass: Pass = {
    needs: 'masks',
    open: '{\n',
    between: ',\n',
    close: '\n}\n',
    empty: '{}\n',
    itemOf,
  }
  return () => [pass]
}

function imageAndMasks(image: SubsetImage): string {
  let text = ''
  for (const mask of image.masks) text += `${text && ','}${jsonMaskPathOf(image, mask)}`
  return `${jsonPathOf(image)}: [${text}]`
}

/** `{"images/A.png": ["masks/A--0000_000.png", …], …}`: the index of a release, with every image. */
export const index = pairs(imageAndMasks)

/**
 * The index for the SAM-Med2D training code. That code draws some masks of each image and fails on an image without
 * masks, so such images are left out.
 */
export const image2label = pairs(image => (image.masks.length > 0 ? imageAndMasks(image) : ''))

/** `{"masks/A--0000_000.png": "images/A.png", …}`, as the SAM-Med2D test code reads it. */
export const label2image = pairs(image => {
  const path = jsonPathOf(image)
  let text = ''
  for (const mask of image.masks) text += `${text && ',\n'}${jsonMaskPathOf(image, mask)}: ${path}`
  return text
})

/** Names of all files, one per line. */
export const files: Writer = () => [
  {
    needs: 'masks',
    open: '',
    between: '',
    close: '',
    empty: '',
    itemOf: image => {
      let text = `${pathOf(image)}\n`
      for (const mask of image.masks) text += `${maskPathOf(image, mask)}\n`
      return text
    },
  },
]
