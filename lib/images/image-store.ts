import { formatBytes } from '../format'
import { ImageFault } from './image-fault'
import type { PictureFile } from './image-row'
import type { PaintPixels } from './picture-pixels'

/** What became of one picture that was asked for among many. */
export type PictureResult = { readonly file: PictureFile } & (
  | {
      /** The file, or its first bytes. */
      readonly data: Uint8Array
      /** Size of the whole file in bytes. */
      readonly bytes: number
      readonly fault?: undefined
    }
  | { readonly fault: ImageFault; readonly data?: undefined }
)

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
  /**
   * The pictures of many images, one by one in any order, a bounded number of bytes at a time; one
   * that cannot be had does not stop the others. Absent from a store that makes pictures up.
   *
   * @param headBytes Only so many bytes from the start of each file, or all that a shorter one has.
   * @throws UserError if the store itself fails (host, disk), so that nothing can be said of a file;
   *   the signal's reason once it is aborted.
   */
  readonly readEach?: (
    files: readonly PictureFile[],
    options: { readonly headBytes?: number; readonly signal?: AbortSignal },
  ) => AsyncGenerator<PictureResult>
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
      `${path}: the image and its masks exceed ${formatBytes(MAX_READ_BYTES)}; request fewer masks`,
    )
}
