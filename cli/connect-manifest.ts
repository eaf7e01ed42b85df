import { UserError } from '../lib/errors'
import { FIRST_TABLES } from '../lib/first/first-answers.node.ts'
import { PICTURE_TABLES } from '../lib/images/image-rows.node.ts'
import { allFiles } from '../lib/manifest/files-of'
import { askHost } from '../lib/store/check-host.node.ts'
import { type ManifestFolder, readManifest } from '../lib/store/read-manifest.node.ts'
import { isAddress, readRemote } from '../lib/store/remote-folder.node.ts'
import type { Effects } from './effects'
import { progressOf } from './progress'

/**
 * Read the manifest to serve: a folder, or a URL on another host.
 *
 * @throws UserError if it does not exist or is damaged.
 */
export async function connectManifest(place: string): Promise<ManifestFolder> {
  // A damaged file is reported here with its name, and not to every visitor.
  if (!isAddress(place)) return readManifest(place, { verifyHashes: true })
  return (await readRemote(place)).folder
}

/**
 * Fetch the tables that the server needs of a manifest on another host, and print what that host must allow.
 *
 * @param hasPictures Whether the server shows pictures, for which it needs the rows.
 * @param origin Origin of the pages.
 */
export async function prepareManifest(
  { url, manifest, fetchTables }: ManifestFolder,
  { hasPictures, origin }: { readonly hasPictures: boolean; readonly origin: string },
  effects: Effects,
): Promise<void> {
  if (!url || !fetchTables) return
  const pictures = [...PICTURE_TABLES, ...(manifest.files.locator ? (['locator'] as const) : [])]
  const onBytes = progressOf(effects, { label: 'Fetching the manifest', unit: 'MB', scale: 1e6 })
  await fetchTables([...FIRST_TABLES, ...(hasPictures ? pictures : [])], onBytes)
  const [{ file } = { file: '' }] = allFiles(manifest)
  const { host } = new URL(url)
  const { allowsPages, answersRanges } = await askHost(new URL(file, url).href, origin).catch(
    cause => {
      throw new UserError(`${url}: ${host} does not answer; try again`, 1, { cause })
    },
  )
  if (!allowsPages)
    effects.log(
      `WARNING ${host} does not let pages of ${origin} read its files; set the header "Access-Control-Allow-Origin: ${origin}" there (docs/hosting.md)`,
    )
  if (!answersRanges)
    effects.log(
      `WARNING ${host} does not support Range requests; the page works without them, other Parquet readers do not (docs/hosting.md)`,
    )
}
