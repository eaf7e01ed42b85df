import { join } from 'node:path'
import { makePictures } from './make-pictures'
import type { Measurement } from './measurement'
import { runMeasured } from './run-measured'

const MASKS = 4
const FULL_IMAGES = 8_000

/**
 * The rate of `samed2d measure`, of everything and of sizes alone, on a release folder of phantoms of
 * 512 × 512 px with four masks each.
 *
 * @param scale Of the number of images.
 */
export async function* measureMeasure(dir: string, scale: number): AsyncGenerator<Measurement> {
  const count = Math.max(100, Math.round(FULL_IMAGES * scale))
  const { images, manifest } = await makePictures(join(dir, 'measured'), count, MASKS)
  for (const { name, flags } of [
    { name: 'sizes', flags: ['--size-only'] },
    { name: 'pixels', flags: [] },
  ]) {
    const args = ['measure', '--manifest', manifest, '--images', images, '--json', ...flags]
    const { seconds, peakRss, stdout } = await runMeasured(args)
    const { pictures } = JSON.parse(stdout)
    const what = `measure ${name} of ${count} images with ${MASKS} masks`
    yield { what, value: pictures / seconds, unit: 'files/s' }
    yield { what: `measure ${name}: peak RSS`, value: peakRss / 1e9, unit: 'GB' }
  }
}
