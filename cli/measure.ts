import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { UserError } from '../lib/errors'
import { countOf, formatCount } from '../lib/format'
import { parseStoreChoice } from '../lib/images/store-choice'
import type { QualityCount } from '../lib/manifest/manifest'
import {
  isMeasured,
  type MeasureOptions as LibOptions,
  type MeasureSummary,
  measure as measureManifest,
} from '../lib/measure/measure.node.ts'
import { type ManifestFolder, readManifest } from '../lib/store/read-manifest.node.ts'
import { connectImages } from './connect-images'
import type { Effects } from './effects'
import { httpOptions } from './http-options'
import { jsonText } from './json-text'
import { withPartialFolders } from './partial-folders'
import { progressOf } from './progress'
import { qualityLines } from './quality-lines'

export interface MeasureOptions {
  readonly manifest: string
  /** A release folder, or its ZIP (path or URL). */
  readonly images: string
  /** Further folders that links of a release folder may lead into. */
  readonly allowRoot?: readonly string[]
  readonly sizeOnly?: boolean
  readonly again?: boolean
  readonly json?: boolean
  /** Maximum time to wait for the archive's server, in ms. */
  readonly waitAtMost?: number
}

/** A little longer than the time that the library gives its threads to end. */
const THREADS_MS = 6_000

type Measure = (
  folder: ManifestFolder,
  place: string,
  options: LibOptions,
) => Promise<MeasureSummary>

/**
 * `samed2d measure`: fills sizes, areas, boxes and flags from the pictures themselves.
 *
 * @throws UserError as `measure` of lib does, and for a store without files.
 */
export async function measure(
  { manifest: dir, images, allowRoot = [], waitAtMost, ...options }: MeasureOptions,
  effects: Effects,
  run: Measure = measureManifest,
): Promise<void> {
  const { sizeOnly = false, again = false, json = false } = options
  const out = resolve(dir)
  const start = effects.now()
  const found = await readManifest(dir)
  const http = httpOptions(effects, waitAtMost)
  const { kind } = parseStoreChoice(images, false)
  if (kind === 'phantom' || kind === 'none')
    throw new UserError(
      `--images ${images}: has no files to measure; give the release's folder or its ZIP`,
      2,
    )
  const running = withPartialFolders(out, effects, async () => {
    // If nothing is left to measure, no locator is written.
    const { manifest } = found
    const isIdle = manifest.simulated || isMeasured(manifest, { sizeOnly, again })
    const place = isIdle
      ? images
      : await connectImages(found, images, effects, { http, allowRoots: allowRoot })
    return run(await readManifest(dir), place, {
      sizeOnly,
      again,
      allowRoots: allowRoot.map(root => resolve(root)),
      signal: effects.signal,
      http,
      log: effects.log,
      onPictures: progressOf(effects, { label: 'Measuring', unit: 'pictures' }),
    })
  })
  const forget = effects.onInterrupt(async () => {
    // Ending a thread within native code crashes the process. Writing the manifest uses no threads.
    await Promise.race([running.catch(() => {}), wait(THREADS_MS)])
    effects.log('Finished measurements are saved; run the same command to resume')
  })
  const summary = await running.finally(forget)
  const { changed, pictures, manifest, outside } = summary
  if (outside) effects.log(outside)
  const seconds = (effects.now() - start) / 1000
  const result = {
    manifest: out,
    id: manifest.id,
    changed,
    measured: manifest.measured?.what ?? null,
    pictures,
    seconds,
    picturesPerSecond: Math.round(pictures / Math.max(seconds, 0.001)),
    quality: manifest.measured?.quality ?? [],
    notMeasured: manifest.measured?.notMeasured ?? [],
  }
  effects.write(json ? jsonText(result) : inWords(result))
}

function inWords(result: {
  readonly manifest: string
  readonly changed: boolean
  readonly measured: string | null
  readonly pictures: number
  readonly seconds: number
  readonly picturesPerSecond: number
  readonly quality: readonly QualityCount[]
  readonly notMeasured: readonly QualityCount[]
}): string {
  const { manifest, pictures, seconds, picturesPerSecond } = result
  const what = result.measured === 'sizes' ? 'sizes of images' : 'sizes, areas and boxes'
  const first = result.changed
    ? `${manifest}: ${what} are measured; ${countOf(pictures, 'picture')} in ${seconds.toFixed(1)} s (${formatCount(picturesPerSecond)} pictures/s)`
    : `${manifest}: ${what} are already measured; --again re-measures them`
  return [first, ...qualityLines(result)].map(line => `${line}\n`).join('')
}
