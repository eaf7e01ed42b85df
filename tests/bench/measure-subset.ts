import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { FORMATS } from '../../lib/subset/formats'
import type { Measurement } from './measurement'
import { runMeasured } from './run-measured'

const FULL_IMAGES = 1_000_000

/** SAM-Med2D's loader reads these: what the budget is for. */
const LOADER_FORMS = ['image2label', 'label2image']

/**
 * `samed2d subset` of a million sampled images to each form, and of samples per label: how long, and in how
 * much memory.
 *
 * @param manifest Folder of the reference manifest.
 * @param scale Of the number of images.
 */
export async function* measureSubset(
  manifest: string,
  dir: string,
  scale: number,
): AsyncGenerator<Measurement> {
  const images = Math.max(1, Math.round(FULL_IMAGES * scale))
  for (const format of Object.keys(FORMATS)) {
    const out = join(dir, `subset.${format}`)
    const { seconds, peakRss } = await runMeasured([
      'subset',
      '--manifest',
      manifest,
      '--sample',
      `all:${images}`,
      '--format',
      format,
      '--out',
      out,
    ])
    const what = `subset of ${images} images to ${format}`
    const isLoader = LOADER_FORMS.includes(format)
    yield { what, value: seconds, unit: 's', ...(isLoader && { budget: 10 }) }
    yield { what: 'its peak RSS', value: peakRss / 1e9, unit: 'GB' }
    for (const path of [out, `${out}.subset.json`, `${out}.credits.md`]) await rm(path)
  }
  for (const option of ['--sample', '--at-least']) {
    const { seconds, peakRss } = await runMeasured([
      'subset',
      '--manifest',
      manifest,
      option,
      'label:1000',
    ])
    yield { what: `subset ${option} label:1000`, value: seconds, unit: 's' }
    yield { what: 'its peak RSS', value: peakRss / 1e9, unit: 'GB' }
  }
}
