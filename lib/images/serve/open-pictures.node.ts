import { availableParallelism } from 'node:os'
import type { HttpOptions } from '../../archive/http-request'
import { WorkQueue } from '../../async/work-queue'
import type { ManifestFolder } from '../../store/read-manifest.node.ts'
import { openImageRows } from '../image-rows.node.ts'
import { openStore, type StoreOptions } from '../open-store.node.ts'
import { PictureService, type ServiceParts } from './picture-service.node.ts'

/** A page waits for each picture: a host that does not answer for so long is said to the reader. */
const IMPATIENT: HttpOptions = {
  waitAtMostMs: 20_000,
  isPerRead: true,
  stallMs: 10_000,
  retries: { tries: 3 },
}

/** Options of `openPictures`; by default there is no cache and no limit. */
export type PicturesOptions = Partial<Pick<ServiceParts, 'queue' | 'cache' | 'hidePaths'>> &
  Pick<StoreOptions, 'allowRoots'>

/**
 * Open the pictures of a manifest in an image store.
 *
 * @param choice Value of `--images` or SAMED2D_IMAGES.
 * @param options Cache and queue outlive the service.
 * @throws UserError as `openStore`.
 */
export async function openPictures(
  folder: ManifestFolder,
  choice: string | undefined,
  {
    queue = new WorkQueue(availableParallelism(), Number.POSITIVE_INFINITY),
    cache = null,
    allowRoots = [],
    hidePaths,
  }: PicturesOptions = {},
): Promise<PictureService> {
  const store = await openStore(folder, choice, { http: IMPATIENT, allowRoots })
  try {
    const rows = await openImageRows(folder)
    return new PictureService({
      folder,
      rows,
      store,
      cache,
      queue,
      ...(hidePaths && { hidePaths }),
    })
  } catch (error) {
    await store?.close()
    throw error
  }
}
