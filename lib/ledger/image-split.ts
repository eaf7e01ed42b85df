import { formatCount } from '../format'
import type { ImageSplit } from '../manifest/manifest'

/** Where the authors say how they divided their data. */
export const IMAGE_SPLIT_SOURCE = 'https://github.com/OpenGVLab/SAM-Med2D/issues/51'

export const IMAGE_SPLIT_TITLE = 'Split by image'

export const IMAGE_SPLIT_NOTE =
  'The authors tested on 20 % of each dataset, drawn by image (“based on the image index”), not by patient. These are the numbers to expect when a fifth of this manifest’s images is drawn at random.'

/** What such a split does, in sentences. */
export function imageSplitLines(split: ImageSplit | null): string[] {
  if (split === null)
    return ['Not counted: this manifest was written before samed2d counted it. Write it again.']
  const { patients, unknownPatients, splitPatients, testImages, leakedImages } = split
  return [
    `${partOf(splitPatients, patients)} patients have images both in train and in test.`,
    `${partOf(leakedImages, testImages)} test images are of a patient who is in train too.`,
    ...(unknownPatients > 0
      ? [
          `${formatCount(unknownPatients)} of these patients are cases whose patient is unknown, so the true numbers can be higher.`,
        ]
      : []),
  ]
}

const partOf = (part: number, all: number): string => {
  const share = all === 0 ? 0 : (100 * part) / all
  return `${formatCount(part)} of ${formatCount(all)} (${share.toFixed(share > 0 && share < 10 ? 1 : 0)} %)`
}
