import type { ImageFault } from '../images/image-fault'
import type { ImageFlag, MaskFlag } from '../manifest/quality'
import type { MeasuredImage, MeasuredMask, PictureSize } from './measure-picture.node.ts'

/** Something that is amiss with a picture. */
export interface Flag<Code extends ImageFlag | MaskFlag = ImageFlag | MaskFlag> {
  readonly flag: Code
  /** What was found, for people; null where the flag says it all. */
  readonly detail: string | null
}

const flag = <Code extends ImageFlag | MaskFlag>(code: Code, detail: string | null = null) => ({
  flag: code,
  detail,
})

/** What is amiss with an image that was decoded. */
export function imageFlags({ colors }: Pick<MeasuredImage, 'colors'>): Flag<ImageFlag>[] {
  if (colors === 1) return [flag('constant')]
  return colors === 2 ? [flag('binary_looking')] : []
}

/**
 * What is amiss with a mask that was decoded.
 *
 * @param image Size of its image; null if that is not known, and nothing can be said of the mask's.
 */
export function maskFlags(mask: MeasuredMask, image: PictureSize | null): Flag<MaskFlag>[] {
  const { width, height, area, fillsBorder } = mask
  const pixels = width * height
  const flags: Flag<MaskFlag>[] = []
  if (image && !isSameSize(mask, image))
    flags.push(flag('wrong_size', `${sizeText(mask)}, but the image is ${sizeText(image)}`))
  if (area === 0) flags.push(flag('empty'))
  else if (area === pixels) flags.push(flag('full_frame'))
  else if (fillsBorder && 2 * area > pixels)
    flags.push(flag('inverted_looking', `${pixels - area} of ${pixels} pixels are not set`))
  return flags
}

/** Why a picture could not be measured, as a flag. */
export const faultFlag = ({ reason, message }: ImageFault): Flag<'missing' | 'unreadable'> =>
  reason === 'missing' ? flag('missing') : flag('unreadable', message)

export const isSameSize = (a: PictureSize, b: PictureSize): boolean =>
  a.width === b.width && a.height === b.height

const sizeText = ({ width, height }: PictureSize) => `${width} × ${height} px`
