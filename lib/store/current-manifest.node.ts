import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MANIFEST_FILE } from '../manifest/manifest'
import { type ManifestFolder, notReadable, readManifest } from './read-manifest.node.ts'
import { currentRemote, isAddress } from './remote-folder.node.ts'

let current: { key: string; folder: ManifestFolder } | undefined

/**
 * Get the current manifest of a folder or URL. A folder's manifest is cached until manifest.json changes. Failures are
 * not cached. `currentRemote` describes the caching for URLs.
 *
 * @throws UserError as `readManifest` and `readRemote`.
 */
export async function currentManifest(place: string): Promise<ManifestFolder> {
  if (isAddress(place)) return currentRemote(place)
  const where = join(resolve(place), MANIFEST_FILE)
  // Get the file state before reading. If the file changes in between, the key differs at the next call.
  const { ino, mtimeMs, size } = await stat(where).catch(cause => {
    throw notReadable(where, cause)
  })
  const key = [where, ino, mtimeMs, size].join(' ')
  if (current?.key !== key) current = { key, folder: await readManifest(place) }
  return current.folder
}
