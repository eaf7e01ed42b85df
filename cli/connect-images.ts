import { resolve } from 'node:path'
import type { Archive } from '../lib/archive/archive'
import type { HttpOptions } from '../lib/archive/http-request'
import { openArchive } from '../lib/archive/open-archive.node.ts'
import { UserError } from '../lib/errors'
import { countOf, formatCount } from '../lib/format'
import { openStore, type StoreOptions } from '../lib/images/open-store.node.ts'
import { parseStoreChoice } from '../lib/images/store-choice'
import { addLocator, type LocatorReport } from '../lib/locator/add-locator.node.ts'
import { type ManifestFolder, readManifest } from '../lib/store/read-manifest.node.ts'
import type { Effects } from './effects'
import { httpOptions } from './http-options'
import { withPartialFolders } from './partial-folders'
import { progressOf } from './progress'

/**
 * Prepare an image store for a manifest: check that it exists, and write the locator of an archive that the manifest
 * has no locator for.
 *
 * @param text A folder, a ZIP (path or URL), phantom or none; undefined depends on the manifest.
 * @param options How reads over HTTP are sent, and the further folders that links of a release folder may lead into.
 * @returns The value for SAMED2D_IMAGES, independent of the working folder.
 * @throws UserError if the store cannot be used.
 */
export async function connectImages(
  folder: ManifestFolder,
  text: string | undefined,
  effects: Effects,
  { http = httpOptions(effects, undefined), allowRoots = [] }: StoreOptions = {},
): Promise<string> {
  const choice = parseStoreChoice(text, folder.manifest.simulated)
  if (choice.kind !== 'directory' && allowRoots.length > 0)
    throw new UserError(
      `--allow-root ${allowRoots[0]}: only a release folder has links; leave out --allow-root`,
      2,
    )
  if (choice.kind === 'none' || choice.kind === 'phantom') return choice.kind
  const place = /^https?:\/\//i.test(choice.place) ? choice.place : resolve(choice.place)
  let found = folder
  if (choice.kind === 'archive' && !folder.manifest.files.locator) {
    if (folder.url)
      throw new UserError(
        `${folder.url}: the manifest has no locator; ingest ${place}, and upload the new manifest`,
      )
    await locate(folder, place, http, effects)
    found = await readManifest(folder.dir)
  }
  const store = await openStore(found, place, { http, allowRoots })
  await store?.close()
  return place
}

async function locate(
  folder: ManifestFolder,
  place: string,
  http: HttpOptions,
  effects: Effects,
): Promise<void> {
  const archive = await openArchive(place, { signal: effects.signal, http })
  try {
    effects.log(
      `Looking for the manifest’s pictures among ${countOf(archive.entries, 'file')} of the archive…`,
    )
    const report = await withPartialFolders(folder.dir, effects, () =>
      addLocator(folder, archive, {
        signal: effects.signal,
        onProgress: progressOf(effects, { label: 'Reading the directory', unit: 'MB', scale: 1e6 }),
      }),
    )
    for (const line of reportLines(report, archive)) effects.log(line)
  } finally {
    await archive.close()
  }
}

/** Numbers of files that were found, and of each kind of mismatch. */
function* reportLines(report: LocatorReport, { location }: Archive): Generator<string> {
  const { images, masks, imagesWithout, masksWithout, entriesWithout } = report
  yield `Found ${countOf(images, 'image')} and ${countOf(masks, 'mask')} in ${location}`
  if (imagesWithout + masksWithout > 0)
    yield `Not in the archive: ${countOf(imagesWithout, 'image')} and ${countOf(masksWithout, 'mask')} of the manifest`
  if (entriesWithout > 0)
    yield `Not in the manifest: ${countOf(entriesWithout, 'picture')} of the archive`
  if (report.ambiguous > 0)
    yield `Left out because they are in the archive more than once: ${formatCount(report.ambiguous)}`
  if (report.unusable > 0)
    yield `Left out as unsafe: ${formatCount(report.unusable)}, such as ${report.firstUnusable}`
}
