import { jsonMaskPathOf, jsonPathOf } from '../subset-image'
import type { Pass, Writer } from './writer'

/** MONAI's datalist. Without splits, all images are training images. MONAI's programs count folds from 0. */
export const monai: Writer = ({ hasSplits }) => {
  const section = (before: string, name: string, after: string): Omit<Pass, 'splits'> => ({
    needs: 'masks',
    open: `${before}\n"${name}": [\n`,
    between: ',\n',
    close: `\n]${after}`,
    empty: `${before}\n"${name}": []${after}`,
    itemOf: image => {
      // LoadImage fails on an empty list of files.
      if (image.masks.length === 0) return ''
      let paths = ''
      let classes = ''
      for (const mask of image.masks) {
        const comma = classes && ','
        paths += `${comma}${jsonMaskPathOf(image, mask)}`
        classes += `${comma}${mask.of.jsonLabel}`
      }
      const fold = image.fold === null ? '' : `,"fold":${image.fold - 1}`
      return `{"image":${jsonPathOf(image)}${fold},"label":[${paths}],"classes":[${classes}]}`
    },
  })
  return [
    { ...section('{', 'training', ''), ...(hasSplits && { splits: ['train'] }) },
    { ...section(',', 'validation', ''), splits: ['val'] },
    { ...section(',', 'test', '\n}\n'), splits: ['test'] },
  ]
}
