import sharp from 'sharp'

/** Pixels of an encoded picture: RGB, or RGBA where it is transparent. */
export async function pixelsOf(body: unknown) {
  if (!(body instanceof Uint8Array)) throw new Error('no picture')
  const { data, info } = await sharp(body)
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true })
  const { width, height, channels } = info
  return {
    width,
    height,
    channels,
    data,
    at: (x: number, y: number) => [
      ...data.subarray((y * width + x) * channels, (y * width + x + 1) * channels),
    ],
  }
}
