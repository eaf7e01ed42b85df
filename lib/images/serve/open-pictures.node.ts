import { availableParallelism } from 'node:os'
import { WorkQueue } from '../../async/work-queue'
import type { ManifestFolder } from '../../store/read-manifest.node.ts'
import { openImageRows } from '../image-rows.node.ts'
import { openStore } from '../open-store.node.ts'
import { PictureService, type ServiceParts } from './picture-service.node.ts'

/**
 * Open the pictures of a manifest in an image store.
 *
 * @param choice Value of `--images` or SAMED2D_IMAGES.
 * @param options Cache and queue, which outlive the service; by default there is no cache and no limit. `allowRoots`
 *   as for `openStore`.
 * @throws UserError as `openStore`.
 */
export async function openPictures(
  folder: ManifestFolder,
  choice: string | undefined,
  {
    queue = new WorkQueue(availableParallelism(), Number.POSITIVE_INFINITY),
    cache = null,
    allowRoots = [],
  }: Partial<Pick<ServiceParts, 'queue' | 'cache'>> & {
    readonly allowRoots?: readonly string[]
  } = {},
): Promise<PictureService> {
  const store = await openStore(folder, choice, allowRoots)
  try {
    return new PictureService({ folder, rows: await openImageRows(folder), store, cache, queue })
  } catch (error) {
    await store?.close()
    throw error
  }
}
