import type { NamedLocator } from '../../archive/entry'
import type { WantedFile } from './sink'

/** The content of a file, or why it cannot be read. */
export type FileResult = { readonly file: WantedFile } & (
  | { readonly data: Uint8Array; readonly error?: undefined }
  | { readonly error: Error; readonly data?: undefined }
)

/** Files that are read with one request, or one after the other. */
export interface FileGroup {
  readonly files: readonly WantedFile[]
  /** Reads all; a file that cannot be read does not stop the others. Content is checked by size and CRC-32. */
  read(signal: AbortSignal): Promise<readonly FileResult[]>
}

/** Where files are fetched from: an archive, or a release's folder. */
export interface FetchSource {
  readonly kind: 'archive' | 'folder'
  /** Path or URL, without secret parts, for messages. */
  readonly place: string
  /** Bytes of all of it; null for a folder. */
  readonly bytes: number | null
  plan(files: readonly WantedFile[]): readonly FileGroup[]
  /**
   * The content of one file of any size, in chunks; checked when the last chunk has come.
   *
   * @throws UserError that names the file.
   */
  stream(file: NamedLocator, signal?: AbortSignal): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Maximum bytes of a picture; those of a release are far smaller. */
export const MAX_FILE_BYTES = 64 << 20
