import { availableParallelism } from 'node:os'
import { WorkQueue } from '../../async/work-queue'
import type { ManifestFolder } from '../../store/read-manifest.node.ts'
import type { CachePlace } from './cache-place.node.ts'
import { DiskCache } from './disk-cache.node.ts'
import { openPictures, type PicturesOptions } from './open-pictures.node.ts'
import type { PictureService } from './picture-service.node.ts'

/** Maximum waiting requests: about a screen of thumbnails. Further requests are refused. */
const MAX_WAITING = 64

const CLOSE_MS = 30_000

/**
 * The pictures of the manifest that the server shows. They are opened again when the manifest changes, and
 * after a failure.
 *
 * @param currentManifest The manifest as it is now.
 * @param images Value of `--images` or SAMED2D_IMAGES.
 * @param place Where drawn pictures are cached; null for no cache.
 * @param options `hidePaths` makes messages fit for other machines, as `pathHider`; `allowRoots` are values of
 *   `--allow-root`.
 * @returns A function that throws UserError as `currentManifest` and `openStore`.
 */
export function currentPictures(
  currentManifest: () => Promise<ManifestFolder>,
  images: string | undefined,
  place: CachePlace | null,
  { hidePaths, allowRoots = [] }: Pick<PicturesOptions, 'hidePaths' | 'allowRoots'> = {},
): () => Promise<PictureService> {
  const queue = new WorkQueue(availableParallelism(), MAX_WAITING)
  let cache: Promise<DiskCache | null> | undefined
  let current: { folder: ManifestFolder; service: Promise<PictureService> } | undefined

  async function open(folder: ManifestFolder): Promise<PictureService> {
    cache ??= openCache(place).catch(error => {
      cache = undefined
      throw error
    })
    return openPictures(folder, images, {
      queue,
      cache: await cache,
      allowRoots,
      ...(hidePaths && { hidePaths }),
    })
  }

  function replace(folder: ManifestFolder): Promise<PictureService> {
    const old = current
    const service = open(folder)
    current = { folder, service }
    service.catch(() => {
      if (current?.service === service) current = undefined
    })
    // Requests that are running still read the old files.
    old?.service.then(each => setTimeout(() => each.close(), CLOSE_MS).unref()).catch(() => {})
    return service
  }

  return async () => {
    const folder = await currentManifest()
    // Compared by content, because requests at the same time each read manifest.json themselves.
    const isSame = current?.folder.text === folder.text && current.folder.dir === folder.dir
    return isSame && current ? current.service : replace(folder)
  }
}

const openCache = async (place: CachePlace | null): Promise<DiskCache | null> =>
  place && DiskCache.open(place.dir, place.maxBytes)
