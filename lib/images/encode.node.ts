import sharp, { type Sharp } from 'sharp'
import type { PictureFormat } from './picture-format'
import type { RawPicture } from './placeholder'

export const CONTENT_TYPE: Readonly<Record<PictureFormat, string>> = {
  webp: 'image/webp',
  avif: 'image/avif',
  png: 'image/png',
}

/**
 * @param exact Lossless; otherwise with a loss that is not visible at this size.
 */
export const encode = (picture: Sharp, format: PictureFormat, exact: boolean): Promise<Buffer> =>
  withFormat(picture, format, exact).toBuffer()

// Low effort: a reader waits for the thumbnail, which has a few kilobytes at any effort.
function withFormat(picture: Sharp, format: PictureFormat, exact: boolean): Sharp {
  if (format === 'png') return picture.png({ compressionLevel: 4, adaptiveFiltering: true })
  if (format === 'avif')
    return picture.avif(exact ? { lossless: true, effort: 0 } : { quality: 60, effort: 1 })
  return picture.webp(exact ? { lossless: true, effort: 0 } : { quality: 82, effort: 2 })
}

export const fromRaw = ({ data, width, height, channels }: RawPicture): Sharp =>
  sharp(data, { raw: { width, height, channels } })
