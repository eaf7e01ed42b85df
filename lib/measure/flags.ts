import type { ImageFault } from '../images/image-fault'
import type { ImageFlag, MaskFlag } from '../manifest/quality'
import type { MeasuredImage, MeasuredMask, PictureSize } from './measure-picture.node.ts'

/** A problem of a picture. */
export interface Flag<Code extends ImageFlag | MaskFlag = ImageFlag | MaskFlag> {
  readonly flag: Code
  /** Details for people; null if the flag is enough. */
  readonly detail: string | null
}

const flag = <Code extends ImageFlag | MaskFlag>(code: Code, detail: string | null = null) => ({
  flag: code,
  detail,
})

/** Flags of a decoded image. */
export function imageFlags({ colors }: Pick<MeasuredImage, 'colors'>): Flag<ImageFlag>[] {
  if (colors === 1) return [flag('constant')]
  return colors === 2 ? [flag('binary_looking')] : []
}

/**
 * Flags of a decoded mask.
 *
 * @param image Size of the mask's image; null if unknown, so that the sizes cannot be compared.
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

/** Flag of a picture that could not be measured. */
export const faultFlag = ({ reason, message }: ImageFault): Flag<'missing' | 'unreadable'> =>
  reason === 'missing' ? flag('missing') : flag('unreadable', message)

export const isSameSize = (a: PictureSize, b: PictureSize): boolean =>
  a.width === b.width && a.height === b.height

const sizeText = ({ width, height }: PictureSize) => `${width} × ${height} px`
