import { stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { MANIFEST_FILE } from '../manifest/manifest'
import { type ManifestFolder, notReadable, readManifest } from './read-manifest.node.ts'
import { currentRemote, isAddress } from './remote-folder.node.ts'

let current: { key: string; folder: ManifestFolder } | undefined

/**
 * The manifest of a folder or an address as it is now. It is read again whenever manifest.json has
 * changed, and after every failure.
 *
 * @throws UserError as `readManifest` and `readRemote`.
 */
export async function currentManifest(place: string): Promise<ManifestFolder> {
  if (isAddress(place)) return currentRemote(place)
  const where = join(resolve(place), MANIFEST_FILE)
  // Taken before reading: a change in between shows as another key at the next call.
  const { ino, mtimeMs, size } = await stat(where).catch(cause => {
    throw notReadable(where, cause)
  })
  const key = [where, ino, mtimeMs, size].join(' ')
  if (current?.key !== key) current = { key, folder: await readManifest(place) }
  return current.folder
}
