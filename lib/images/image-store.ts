import { formatBytes } from '../format'
import { ImageFault } from './image-fault'
import type { PictureFile } from './image-row'
import type { PaintPixels } from './picture-pixels'

export type StoreKind = 'directory' | 'archive' | 'phantom'

/** Where pixels come from. Chosen when the server starts, never by a request. */
export interface ImageStore {
  readonly kind: StoreKind
  /** Changes whenever its pictures may be other ones: part of every cache key. */
  readonly identity: string
  /** Whether it reads the boxes of the masks it is asked for. */
  readonly needsBoxes: boolean
  /** What it shows, for people: a folder, a file, an address. */
  readonly source: string
  /**
   * The bytes of some pictures of one image, in the order asked for: PNG files as they are stored,
   * not yet looked at. They are asked for together so that a store can fetch neighbours at once.
   *
   * @throws ImageFault if one is missing, too large or cannot be read.
   * @throws the signal's reason once it is aborted.
   */
  read(files: readonly PictureFile[], signal?: AbortSignal): Promise<Uint8Array[]>
  /** The same pixels as those of the files, for a store that makes them up and can do without. */
  readonly paint?: PaintPixels
  close(): Promise<void>
}

/** No picture of the release comes near it; what is larger is not read. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

/** What the pictures of one image, its masks included, may have together. */
export const MAX_READ_BYTES = 4 * MAX_FILE_BYTES

/**
 * Refuse a file before it is read.
 *
 * @param readBytes What was read for the same image before it.
 * @throws ImageFault `too-large`.
 */
export function assertReadable(path: string, bytes: number, readBytes: number): void {
  if (bytes > MAX_FILE_BYTES)
    throw new ImageFault(
      'too-large',
      `${path}: ${formatBytes(bytes)}; at most ${formatBytes(MAX_FILE_BYTES)} are read`,
    )
  if (readBytes + bytes > MAX_READ_BYTES)
    throw new ImageFault(
      'too-large',
      `${path}: with it the image and its masks have over ${formatBytes(MAX_READ_BYTES)}; ask for fewer masks`,
    )
}
