import { decodeSamples, type OpenPng } from '../../images/decode.node.ts'
import { encode, fromRaw } from '../../images/encode.node.ts'

/** Pixels of an image, with a single channel if it is grey. */
export interface GreyOrColor {
  readonly width: number
  readonly height: number
  /** 1 if red, green and blue are equal in every pixel, as in the release's slices of volumes. */
  readonly channels: 1 | 3
  /** width × height × channels bytes. */
  readonly data: Uint8Array
}

/**
 * Decode an image. Transparency is dropped, and 16-bit samples are cut to the upper eight bits.
 *
 * @throws ImageFault for a damaged or too large image.
 */
export async function greyOrColor(png: OpenPng): Promise<GreyOrColor> {
  const { width, height } = png
  const { data, channels: stride, colors } = await decodeSamples(png)
  const shift = data instanceof Uint16Array ? 8 : 0
  const at = (i: number) => (data[i] ?? 0) >> shift
  const pixels = width * height
  let isGrey = true
  if (colors === 3)
    for (let i = 0; i < pixels && isGrey; i++) {
      const red = at(i * stride)
      isGrey = red === at(i * stride + 1) && red === at(i * stride + 2)
    }
  const channels = isGrey ? 1 : 3
  const kept = new Uint8Array(pixels * channels)
  for (let i = 0; i < pixels; i++)
    for (let c = 0; c < channels; c++) kept[i * channels + c] = at(i * stride + c)
  return { width, height, channels, data: kept }
}

/** Convert a grey image to three equal channels. Colour images stay unchanged. */
export function asColor(image: GreyOrColor): GreyOrColor {
  if (image.channels === 3) return image
  const data = new Uint8Array(image.data.length * 3)
  for (let i = 0; i < data.length; i++) data[i] = image.data[Math.floor(i / 3)] ?? 0
  return { ...image, channels: 3, data }
}

/** Encode as an 8-bit PNG, grey or RGB, without palette. */
export const encodePng = ({ width, height, channels, data }: GreyOrColor): Promise<Buffer> => {
  const picture = fromRaw({ data, width, height, channels })
  return encode(channels === 1 ? picture.toColourspace('b-w') : picture, 'png', true)
}
