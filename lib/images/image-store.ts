import { formatBytes } from '../format'
import { ImageFault } from './image-fault'
import type { PictureFile } from './image-row'
import type { PaintPixels } from './picture-pixels'

/** One of many requested pictures, or why it cannot be read. */
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

/** The source of pictures. Chosen when the server starts, never by a request. */
export interface ImageStore {
  readonly kind: StoreKind
  /** Changes whenever the pictures may have changed; part of every cache key. */
  readonly identity: string
  /** Whether `read` and `paint` need the boxes of masks. */
  readonly needsBoxes: boolean
  /** The folder, file or URL, for people. */
  readonly source: string
  /**
   * Read some pictures of one image, in the order of `files`: PNG files as they are stored, not checked. One
   * call, so that a store can fetch neighbours with one request.
   *
   * @throws ImageFault if a file does not exist, is too large or cannot be read.
   * @throws the signal's reason once it is aborted.
   */
  read(files: readonly PictureFile[], signal?: AbortSignal): Promise<Uint8Array[]>
  /**
   * Read pictures of many images, in any order, with a limited number of bytes in memory. A picture that
   * cannot be read does not stop the others. Absent from a store of simulated pictures.
   *
   * @param headBytes Read only so many bytes from the start of each file.
   * @throws UserError if the store itself fails (host, disk); the signal's reason once it is aborted.
   */
  readonly readEach?: (
    files: readonly PictureFile[],
    options: { readonly headBytes?: number; readonly signal?: AbortSignal },
  ) => AsyncGenerator<PictureResult>
  /**
   * Open a picture whose file is too large for memory (`assertReadable` refuses it): its size, and its pieces in order.
   * Absent from a store of simulated pictures.
   *
   * @throws ImageFault as `read`, also above MAX_STREAM_BYTES; errors of reading come with the pieces.
   */
  readonly open?: (
    file: PictureFile,
    signal?: AbortSignal,
  ) => Promise<{ readonly bytes: number; readonly pieces: AsyncIterable<Uint8Array> }>
  /** For a store of simulated pictures: the same pixels without making PNG files. */
  readonly paint?: PaintPixels
  close(): Promise<void>
}

/** Maximum bytes of a file that is read into memory; nearly all files of the release are far smaller. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

/** Maximum bytes of a file that is read in pieces. */
export const MAX_STREAM_BYTES = 1024 * 1024 * 1024

/** Maximum bytes of an image and its masks together. */
export const MAX_READ_BYTES = 4 * MAX_FILE_BYTES

/**
 * Check a file's size before it is read.
 *
 * @param readBytes Bytes that were read for the same image before.
 * @throws ImageFault `too-large`.
 */
export function assertReadable(path: string, bytes: number, readBytes: number): void {
  assertBelow(path, bytes, MAX_FILE_BYTES)
  if (readBytes + bytes > MAX_READ_BYTES)
    throw new ImageFault(
      'too-large',
      `${path}: the image and its masks exceed ${formatBytes(MAX_READ_BYTES)}; request fewer masks`,
    )
}

/**
 * Check the size of a file that is read in pieces.
 *
 * @throws ImageFault `too-large`.
 */
export const assertStreamable = (path: string, bytes: number): void =>
  assertBelow(path, bytes, MAX_STREAM_BYTES)

function assertBelow(path: string, bytes: number, most: number): void {
  if (bytes > most)
    throw new ImageFault(
      'too-large',
      `${path}: ${formatBytes(bytes)}; at most ${formatBytes(most)} are read`,
    )
}
