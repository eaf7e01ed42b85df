import sharp from 'sharp'
import { measure } from '../../cli/measure'
import { fakeEffects } from '../cli/fake-effects'
import { listed, type ReleaseSpec } from '../fixtures/release'
import { type FetchRelease, fetchRelease } from './fetch/fetch-release'

const numbered = (n: number) => String(n).padStart(4, '0')

/**
 * Four datasets: several instances of a label, a union, images without masks, 2D and all axes, several
 * sub-modalities of one case, and names that are awkward but right.
 */
export const PICTURE_SPEC = {
  classMap: {
    BTCV: { liver: '0001', spleen: '0002', aorta: '0003' },
    ACDC: { heart: '0001' },
    BraTS2021: { edema: '0000', union_edema_necrosis: '0001' },
    'Unheard--of': { lung: '0000', liver: '0004' },
  },
  index: [
    ...Array.from({ length: 24 }, (_, i) =>
      listed(
        `ct_00--BTCV--case.${i >> 2}--z_${numbered(i & 3)}`,
        ...['0001_000', '0001_001', '0002_000', '0003_000'].filter((_, k) => (i >> k) % 3 !== 1),
      ),
    ),
    listed('ct_00--BTCV--case.0--y_0000'),
    listed('ct_00--BTCV--a--b, "c" (1) é日本😀--z_10000', '0001_000'),
    ...Array.from({ length: 10 }, (_, i) => listed(`mr_00--ACDC--p_${i}--x_0001`, '0001_000')),
    ...Array.from({ length: 12 }, (_, i) =>
      listed(
        `mr_${i & 1 ? 't1' : 'flair'}--BraTS2021--B_${i >> 2}--z_${numbered(i >> 1)}`,
        ...['0000_000', '0001_000'].slice(i % 3 === 0 ? 1 : 0),
      ),
    ),
    ...Array.from({ length: 8 }, (_, i) =>
      listed(`x_ray--Unheard--of--7-_.${i}--2d_none`, ...(i === 5 ? [] : ['0000_000', '0004_000'])),
    ),
  ],
} satisfies ReleaseSpec

/** A measured release whose images and masks are real pictures: those of an image have its size. */
export async function pictureRelease(): Promise<FetchRelease> {
  const pictures = new Map<string, Buffer>()
  for (const [i, [image, masks]] of PICTURE_SPEC.index.entries()) {
    const [width, height] = [24 + (i % 5) * 8, 20 + (i % 3) * 10]
    pictures.set(image, await imageOf(i, width, height))
    for (const [k, mask] of masks.entries())
      pictures.set(mask, await maskOf(i * 7 + k, width, height))
  }
  const release = await fetchRelease(PICTURE_SPEC, pictures)
  await measure({ manifest: release.manifest, images: release.zip }, fakeEffects())
  return release
}

/** Of grey or of three colours, as the release has both; no two are equal. */
function imageOf(seed: number, width: number, height: number): Promise<Buffer> {
  const channels = seed % 2 ? 3 : 1
  const data = Uint8Array.from(
    { length: width * height * channels },
    (_, at) => at * 7 + (at >> 5) * seed,
  )
  return sharp(data, { raw: { width, height, channels } }).png().toBuffer()
}

/** A ring with a tail to a side: never empty, holes in it, some touch the edge. */
function maskOf(seed: number, width: number, height: number): Promise<Buffer> {
  const [x0, y0] = [5 + (seed % 11), 6 + (seed % 7)]
  const radius = 2 + (seed % 5)
  const data = Uint8Array.from({ length: width * height }, (_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)]
    const isRing = Math.abs(Math.hypot(x - x0, y - y0) - radius) < 1.2
    const isTail = y === y0 && x > x0 + radius && x % 5 !== seed % 5
    return isRing || isTail ? 255 : 0
  })
  return sharp(data, { raw: { width, height, channels: 1 } })
    .png()
    .toBuffer()
}
