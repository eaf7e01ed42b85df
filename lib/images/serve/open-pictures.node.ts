import { availableParallelism } from 'node:os'
import type { HttpOptions } from '../../archive/http-request'
import { WorkQueue } from '../../async/work-queue'
import type { ManifestFolder } from '../../store/read-manifest.node.ts'
import { openImageRows } from '../image-rows.node.ts'
import { openStore } from '../open-store.node.ts'
import { PictureService, type ServiceParts } from './picture-service.node.ts'

/** A page waits for each picture: a host that does not answer for so long is said to the reader. */
const IMPATIENT: HttpOptions = {
  waitAtMostMs: 20_000,
  isPerRead: true,
  stallMs: 10_000,
  retries: { tries: 3 },
}

/**
 * Open the pictures of a manifest in an image store.
 *
 * @param choice Value of `--images` or SAMED2D_IMAGES.
 * @param shared Cache and queue, which outlive the service; by default there is no cache and no limit.
 * @throws UserError as `openStore`.
 */
export async function openPictures(
  folder: ManifestFolder,
  choice: string | undefined,
  shared: Pick<ServiceParts, 'queue' | 'cache' | 'hidePaths'> = {
    queue: new WorkQueue(availableParallelism(), Number.POSITIVE_INFINITY),
    cache: null,
  },
): Promise<PictureService> {
  const store = await openStore(folder, choice, IMPATIENT)
  try {
    return new PictureService({ folder, rows: await openImageRows(folder), store, ...shared })
  } catch (error) {
    await store?.close()
    throw error
  }
}
