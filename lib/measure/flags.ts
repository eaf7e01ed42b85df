import type { FaultReason, ImageFault } from '../images/image-fault'
import type { ImageFlag, MaskFlag, NotMeasured } from '../manifest/quality'
import type { MeasuredImage, MeasuredMask, PictureSize } from './measure-picture.node.ts'

type AnyCode = ImageFlag | MaskFlag | NotMeasured

/** A problem of a picture, or the reason why the picture was not measured. */
export interface Flag<Code extends AnyCode = AnyCode> {
  readonly flag: Code
  /** Readable details; null if there is nothing to add to the flag. */
  readonly detail: string | null
}

const flag = <Code extends AnyCode>(code: Code, detail: string | null = null) => ({
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
 * @param image Size of the mask's image. If null (unknown), the sizes are not compared.
 */
export function maskFlags(mask: MeasuredMask, image: PictureSize | null): Flag<MaskFlag>[] {
  const { width, height, area, fillsBorder, notBinary } = mask
  const pixels = width * height
  const flags: Flag<MaskFlag>[] = []
  if (image && !isSameSize(mask, image))
    flags.push(flag('wrong_size', `${sizeText(mask)}, but the image is ${sizeText(image)}`))
  if (area === 0) flags.push(flag('empty'))
  else if (area === pixels) flags.push(flag('full_frame'))
  else if (fillsBorder && 2 * area > pixels)
    flags.push(flag('inverted_looking', `${pixels - area} of ${pixels} pixels are not set`))
  if (notBinary !== null) flags.push(flag('non_binary', notBinary))
  return flags
}

/**
 * Flag for a picture that was not measured. Either the picture is missing or damaged, or a link, a permission or the
 * size limit prevented reading it.
 */
export function faultFlag({
  reason,
  message,
}: ImageFault): Flag<'missing' | 'unreadable' | NotMeasured> {
  if (reason === 'missing') return flag('missing')
  const refused = REFUSED[reason]
  return refused ? flag(refused, message) : flag('unreadable', message)
}

/** Reasons that are not a problem of the picture itself. */
const REFUSED: Readonly<Partial<Record<FaultReason, NotMeasured>>> = {
  outside: 'not_measured_link',
  forbidden: 'not_measured_permission',
  'too-large': 'not_measured_limit',
}

export const isSameSize = (a: PictureSize, b: PictureSize): boolean =>
  a.width === b.width && a.height === b.height

const sizeText = ({ width, height }: PictureSize) => `${width} × ${height} px`
