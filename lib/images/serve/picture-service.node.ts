import { createHash } from 'node:crypto'
import { SharedWork } from '../../async/shared-work'
import { QueueFull, type QueueLoad, type WorkQueue } from '../../async/work-queue'
import { pathHider } from '../../http/hide-paths'
import type { ManifestFolder } from '../../store/read-manifest.node.ts'
import { type FaultReason, ImageFault } from '../image-fault'
import { type ImageRow, maskKey, pathOf } from '../image-row'
import type { ImageRows } from '../image-rows.node.ts'
import type { ImageStore } from '../image-store'
import type { PictureFormat } from '../picture-format'
import { type PictureInfo, pictureInfo } from '../picture-info'
import type { PictureRequest } from '../picture-request'
import { readPngHeader } from '../png-header'
import { type PictureLook, renderPicture } from '../render.node.ts'
import type { CacheCounts, DiskCache } from './disk-cache.node.ts'

/** Version of the drawing; increase it when the same files are drawn differently. */
const DRAWING = 1

const NO_STORE =
  'No image store is connected. Restart the server with --images and a release folder, its ZIP, or phantom.'

export interface ServiceParts {
  readonly folder: ManifestFolder
  readonly rows: ImageRows
  /** Null if no store is connected. */
  readonly store: ImageStore | null
  /** Null if drawn pictures are not cached. */
  readonly cache: DiskCache | null
  readonly queue: WorkQueue
  /** Makes messages fit for other machines, as `pathHider`. */
  readonly hidePaths?: (text: string) => string
}

/** Answer of `/api/images/status`. */
export interface ServiceStatus {
  readonly store: { readonly kind: string; readonly source: string } | null
  readonly version: string
  /** Pictures that were drawn, not taken from the cache. */
  readonly drawn: number
  readonly queue: QueueLoad
  readonly cache: CacheCounts | null
  /** Pictures that could not be shown, by reason. */
  readonly faults: Readonly<Partial<Record<FaultReason, number>>>
  /** The latest messages of such pictures. */
  readonly latest: readonly string[]
}

const KEPT_MESSAGES = 20

/** The pictures of one manifest in one image store. */
export class PictureService {
  /** Identifies manifest, store and drawing: the pictures of a version never change. */
  readonly version: string
  private readonly sharing = new SharedWork<Buffer>()
  private readonly faults: Partial<Record<FaultReason, number>> = {}
  private latest: string[] = []
  private drawn = 0
  private readonly hidePaths: (text: string) => string

  constructor(private readonly parts: ServiceParts) {
    this.version = picturesVersion(parts.folder, parts.store)
    this.hidePaths = parts.hidePaths ?? pathHider([])
  }

  /** Key of a picture in the cache: the same key means the same bytes. */
  keyOf(imageId: number, look: PictureLook, format: PictureFormat): string {
    const { width, masks, style, opacity, layer } = look
    const drawn = masks === 'all' || masks === 'none' ? masks : [...new Set(masks)].sort()
    return JSON.stringify([this.version, imageId, width, drawn, style, opacity, layer, format])
  }

  /** @throws ImageFault if the picture cannot be shown; the signal's reason once it is aborted. */
  async picture(
    request: PictureRequest,
    format: PictureFormat,
    signal?: AbortSignal,
  ): Promise<Buffer> {
    const { cache, queue } = this.parts
    const key = this.keyOf(request.imageId, request, format)
    return this.sharing.run(
      key,
      async shared => {
        const store = this.storeOrFault()
        const kept = await cache?.get(key)
        if (kept) return kept
        const draw = async () => {
          const row = await this.rowOrFault(request.imageId, store.needsBoxes)
          return renderPicture(store, row, request, format, shared)
        }
        // The row is looked up in turn as well, so that requests that are refused cost nothing.
        const bytes = await inTurn(queue, draw, shared)
        this.drawn++
        await cache?.put(key, bytes)
        return bytes
      },
      signal,
    )
  }

  /**
   * The stored PNG of an image, or of one of its masks (`maskKey`).
   *
   * @throws as `picture`.
   */
  async original(imageId: number, key: string | null, signal?: AbortSignal): Promise<Uint8Array> {
    const store = this.storeOrFault()
    const read = async () => {
      const row = await this.rowOrFault(imageId, store.needsBoxes)
      const mask = key === null ? null : row.masks.find(each => maskKey(each) === key)
      if (mask === undefined)
        throw new ImageFault('unknown-image', `Image ${imageId} has no mask ${key}.`)
      const [bytes] = await store.read([{ row, mask }], signal)
      readPngHeader(bytes as Uint8Array, pathOf({ row, mask }))
      return bytes as Uint8Array
    }
    return inTurn(this.parts.queue, read, signal)
  }

  /** @throws ImageFault for an id that the manifest does not have. */
  async info(imageId: number): Promise<PictureInfo> {
    const row = await this.rowOrFault(imageId, true)
    const { rows, store } = this.parts
    return pictureInfo(row, await rows.found(imageId), {
      store: store?.kind ?? null,
      version: this.version,
    })
  }

  /** The first label of a request that the manifest does not have; undefined if it has all. */
  unknownLabel({ masks }: Pick<PictureLook, 'masks'>): string | undefined {
    if (typeof masks === 'string') return undefined
    return masks.find(label => !this.parts.rows.names.labelNames.has(label))
  }

  /** The message of a fault for other machines. */
  textOf({ message }: ImageFault): string {
    return this.hidePaths(message)
  }

  /** Count a picture that could not be shown. */
  note(fault: ImageFault): void {
    const { reason } = fault
    const message = this.textOf(fault)
    this.faults[reason] = (this.faults[reason] ?? 0) + 1
    const others = this.latest.filter(each => each !== message)
    this.latest = [message, ...others].slice(0, KEPT_MESSAGES)
  }

  get status(): ServiceStatus {
    const { store, cache, queue } = this.parts
    return {
      store: store && { kind: store.kind, source: this.hidePaths(store.source) },
      version: this.version,
      drawn: this.drawn,
      queue: queue.load,
      cache: cache?.counts ?? null,
      faults: this.faults,
      latest: this.latest,
    }
  }

  async close(): Promise<void> {
    this.parts.rows.close()
    await this.parts.store?.close()
  }

  private storeOrFault(): ImageStore {
    if (!this.parts.store) throw new ImageFault('no-store', NO_STORE)
    return this.parts.store
  }

  private async rowOrFault(imageId: number, withBoxes: boolean): Promise<ImageRow> {
    const row = await this.parts.rows.find(imageId, withBoxes)
    if (!row) throw new ImageFault('unknown-image', `The manifest has no image ${imageId}.`)
    return row
  }
}

/** 16 hexadecimal digits. */
function picturesVersion({ manifest }: ManifestFolder, store: ImageStore | null): string {
  const hash = createHash('sha256')
  hash.update([manifest.id, store?.kind, store?.identity, DRAWING].join('\n'))
  return hash.digest('hex').slice(0, 16)
}

/** Do work in the queue. @throws ImageFault `busy` if the queue is full. */
async function inTurn<Result>(
  queue: WorkQueue,
  work: () => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  try {
    return await queue.run(work, signal)
  } catch (error) {
    if (!(error instanceof QueueFull)) throw error
    throw new ImageFault('busy', 'too many pictures are requested at once; try again in a second', {
      cause: error,
    })
  }
}
