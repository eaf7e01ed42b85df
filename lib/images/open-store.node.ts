import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import { openDirectoryStore } from './directory-store.node.ts'
import type { ImageStore } from './image-store'
import { openPhantomStore } from './phantom-store.node.ts'
import { parseStoreChoice } from './store-choice'

/**
 * Open the image store of a manifest.
 *
 * @param choice Value of `--images` or SAMED2D_IMAGES.
 * @returns Null if none is connected.
 * @throws UserError if the place is not there, or holds something else.
 */
export async function openStore(
  { manifest }: ManifestFolder,
  choice: string | undefined,
): Promise<ImageStore | null> {
  const chosen = parseStoreChoice(choice, manifest.simulated)
  if (chosen.kind === 'none') return null
  if (chosen.kind === 'phantom') return openPhantomStore()
  return openDirectoryStore(chosen.place)
}
