import type { HttpOptions } from '../archive/http-request'
import type { ManifestFolder } from '../store/read-manifest.node.ts'
import { openArchiveStore } from './archive-store.node.ts'
import { openDirectoryStore } from './directory-store.node.ts'
import type { ImageStore } from './image-store'
import { openPhantomStore } from './phantom-store.node.ts'
import { parseStoreChoice } from './store-choice'

/** How a store reads. */
export interface StoreOptions {
  readonly http?: HttpOptions
  /** Values of `--allow-root`. */
  readonly allowRoots?: readonly string[]
}

/**
 * Open the image store of a manifest.
 *
 * @param choice Value of `--images` or SAMED2D_IMAGES.
 * @param options How reads of an archive over HTTP are sent; further folders that links of a release folder may lead
 *   into.
 * @returns Null if no store is connected.
 * @throws UserError if the folder or archive does not exist, or is not a release.
 */
export async function openStore(
  folder: ManifestFolder,
  choice: string | undefined,
  { http, allowRoots }: StoreOptions = {},
): Promise<ImageStore | null> {
  const chosen = parseStoreChoice(choice, folder.manifest.simulated)
  if (chosen.kind === 'none') return null
  if (chosen.kind === 'phantom') return openPhantomStore()
  if (chosen.kind === 'archive') return openArchiveStore(folder, chosen.place, http)
  return openDirectoryStore(chosen.place, allowRoots)
}
