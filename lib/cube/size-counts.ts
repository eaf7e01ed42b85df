import { SIZE_BINS } from '../manifest/bins'
import type { SizeCount } from '../manifest/manifest'

const BINS = SIZE_BINS.edges.length

/** Adds up images by bins of width and height, without images that are not measured. */
export interface SizeCounter {
  add(widthBin: number, heightBin: number, images: number): void
  /** The sizes that at least one image has, in the order of the bins. */
  counts(): SizeCount[]
}

export function sizeCounter(): SizeCounter {
  const images = new Float64Array(BINS * BINS)
  return {
    add(widthBin, heightBin, n) {
      if (widthBin >= BINS || heightBin >= BINS) return
      const at = widthBin * BINS + heightBin
      images[at] = (images[at] as number) + n
    },
    counts: () =>
      Array.from(images, (n, at) => ({
        widthBin: Math.floor(at / BINS),
        heightBin: at % BINS,
        images: n,
      })).filter(size => size.images > 0),
  }
}
