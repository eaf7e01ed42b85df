import type { NamedLocator } from '../../archive/entry'
import type { WantedFile } from './sink'

/** The content of a file, or why it cannot be read. */
export type FileResult = { readonly file: WantedFile } & (
  | { readonly data: Uint8Array; readonly error?: undefined }
  | { readonly error: Error; readonly data?: undefined }
)

/** Files that are read with a single request, or one after the other. */
export interface FileGroup {
  readonly files: readonly WantedFile[]
  /** Read all files. A file that cannot be read does not stop the others. Content is checked by size and CRC-32. */
  read(signal: AbortSignal): Promise<readonly FileResult[]>
}

/** Where files are fetched from: an archive, or a release's folder. */
export interface FetchSource {
  readonly kind: 'archive' | 'folder'
  /** Path or URL, without secret parts, for messages. */
  readonly place: string
  /** Total bytes of the archive; null for a folder. */
  readonly bytes: number | null
  plan(files: readonly WantedFile[]): readonly FileGroup[]
  /**
   * The content of a file of any size, in chunks. Content is checked after the last chunk.
   *
   * @throws UserError that names the file.
   */
  stream(file: NamedLocator, signal?: AbortSignal): AsyncIterable<Uint8Array>
  close(): Promise<void>
}

/** Maximum bytes of a picture. Pictures of a release are far smaller. */
export const MAX_FILE_BYTES = 64 << 20
