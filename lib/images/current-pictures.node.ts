import { availableParallelism } from 'node:os'
import { currentManifest } from '../manifest/current-manifest.node.ts'
import type { ManifestFolder } from '../manifest/read-manifest.node.ts'
import { cachePlace } from './cache-place.node.ts'
import { DiskCache } from './disk-cache.node.ts'
import { openPictures } from './open-pictures.node.ts'
import type { PictureService } from './picture-service.node.ts'
import { WorkQueue } from './work-queue'

/** A screen of thumbnails may wait; more than that is refused. */
const MAX_WAITING = 64

let queue: WorkQueue | undefined
let cache: Promise<DiskCache | null> | undefined
let current: { folder: ManifestFolder; service: Promise<PictureService> } | undefined

/**
 * The pictures of the manifest that the server shows, out of the store that SAMED2D_IMAGES names.
 * Opened anew when the manifest has changed, and after a failure.
 *
 * @throws UserError as `currentManifest` and `openStore`.
 */
export async function currentPictures(): Promise<PictureService> {
  const folder = await currentManifest()
  // Compared by what it says: requests that come together each read it for themselves.
  if (current?.folder.text !== folder.text || current.folder.dir !== folder.dir) replace(folder)
  return (current as NonNullable<typeof current>).service
}

function replace(folder: ManifestFolder): void {
  const old = current
  const service = openCurrent(folder)
  current = { folder, service }
  service.catch(() => {
    if (current?.service === service) current = undefined
  })
  // Requests that run get their answer from the old files, if they are still there.
  old?.service.then(each => setTimeout(() => each.close(), CLOSE_MS).unref()).catch(() => {})
}

const CLOSE_MS = 30_000

async function openCurrent(folder: ManifestFolder): Promise<PictureService> {
  queue ??= new WorkQueue(availableParallelism(), MAX_WAITING)
  cache ??= openCache().catch(error => {
    cache = undefined
    throw error
  })
  return openPictures(folder, process.env.SAMED2D_IMAGES, { queue, cache: await cache })
}

async function openCache(): Promise<DiskCache | null> {
  const place = cachePlace()
  return place && DiskCache.open(place.dir, place.maxBytes)
}
