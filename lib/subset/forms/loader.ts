import { jsonMaskPathOf, jsonPathOf, maskPathOf, pathOf } from '../subset-image'
import type { Form } from './form'

/** `{"images/A.png": ["masks/A--0000_000.png", …], …}`, as the SAM-Med2D training code reads it. */
export const image2label: Form = () => [
  {
    needs: 'masks',
    ...{ open: '{\n', between: ',\n', close: '\n}\n', empty: '{}\n' },
    itemOf: image => {
      let text = ''
      for (const mask of image.masks) text += `${text && ','}${jsonMaskPathOf(image, mask)}`
      return `${jsonPathOf(image)}: [${text}]`
    },
  },
]

/** `{"masks/A--0000_000.png": "images/A.png", …}`, as the SAM-Med2D test code reads it. */
export const label2image: Form = () => [
  {
    needs: 'masks',
    ...{ open: '{\n', between: ',\n', close: '\n}\n', empty: '{}\n' },
    itemOf: image => {
      const path = jsonPathOf(image)
      let text = ''
      for (const mask of image.masks)
        text += `${text && ',\n'}${jsonMaskPathOf(image, mask)}: ${path}`
      return text
    },
  },
]

/** Names of all files, one a line. */
export const files: Form = () => [
  {
    needs: 'masks',
    ...{ open: '', between: '', close: '', empty: '' },
    itemOf: image => {
      let text = `${pathOf(image)}\n`
      for (const mask of image.masks) text += `${maskPathOf(image, mask)}\n`
      return text
    },
  },
]
