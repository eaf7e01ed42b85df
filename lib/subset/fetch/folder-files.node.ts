import type { FileHandle } from 'node:fs/promises'
import { crc32 } from '../../archive/crc32.node.ts'
import type { NamedLocator } from '../../archive/entry'
import { ahead } from '../../async/ahead'
import { UserError } from '../../errors'
import { formatBytes } from '../../format'
import type { DirectoryStore } from '../../images/directory-store.node.ts'
import { ImageFault } from '../../images/image-fault'
import { type FetchSource, type FileResult, MAX_FILE_BYTES } from './fetch-source'
import type { WantedFile } from './sink'

/** Files that a worker reads one after the other. */
const GROUP_FILES = 16

/** Number of files that are examined at the same time. */
const AHEAD = 4

const CHUNK_BYTES = 1 << 20

/** A file of a folder: its size and CRC-32, or the reason why it cannot be read. */
export type FolderFile =
  | { readonly bytes: number; readonly crc32: number; readonly problem?: undefined }
  | { readonly problem: string; readonly isMissing: boolean }

/** Use a release's folder as a source of files. Links that lead out of the folder are refused, as in the store. */
export const folderFiles = (store: DirectoryStore): FetchSource => ({
  kind: 'folder',
  place: store.source,
  bytes: null,
  plan(files) {
    const groups: WantedFile[][] = []
    for (let at = 0; at < files.length; at += GROUP_FILES)
      groups.push(files.slice(at, at + GROUP_FILES))
    return groups.map(files => ({
      files,
      async read(signal) {
        const results: FileResult[] = []
        for (const file of files) {
          signal.throwIfAborted()
          results.push(await readOne(store, file))
        }
        return results
      },
    }))
  },
  stream: (file, signal) => streamOne(store, file, signal),
  close: () => store.close(),
})

/**
 * Sizes and CRC-32 of files. Each file is read once, because a folder has no directory with checksums as a ZIP has.
 *
 * @param paths Paths within the release.
 * @throws UserError if the disk fails; the signal's reason.
 */
export async function* describeFiles(
  store: DirectoryStore,
  paths: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<{ path: string; found: FolderFile }> {
  const describe = async (path: string) => ({ path, found: await describeOne(store, path) })
  for await (const each of ahead(paths, AHEAD, describe)) {
    signal.throwIfAborted()
    yield each
  }
}

async function describeOne(store: DirectoryStore, path: string): Promise<FolderFile> {
  try {
    let [bytes, crc] = [0, 0]
    for await (const chunk of chunksOf(await store.openFile(path))) {
      bytes += chunk.length
      crc = crc32(chunk, crc)
    }
    if (path.endsWith('.png') && bytes > MAX_FILE_BYTES)
      return { problem: `${path}: ${formatBytes(bytes)} is no picture`, isMissing: false }
    return { bytes, crc32: crc }
  } catch (error) {
    if (!(error instanceof ImageFault)) throw error
    return { problem: error.message, isMissing: error.reason === 'missing' }
  }
}

async function readOne(store: DirectoryStore, file: WantedFile): Promise<FileResult> {
  try {
    const chunks: Uint8Array[] = []
    for await (const chunk of streamOne(store, file)) chunks.push(chunk)
    return { file, data: Buffer.concat(chunks) }
  } catch (error) {
    if (error instanceof ImageFault || error instanceof UserError) return { file, error }
    throw error
  }
}

async function* streamOne(
  store: DirectoryStore,
  file: NamedLocator,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  let [bytes, crc] = [0, 0]
  for await (const chunk of chunksOf(await store.openFile(file.name))) {
    signal?.throwIfAborted()
    bytes += chunk.length
    crc = crc32(chunk, crc)
    if (bytes > file.bytes) break
    yield chunk
  }
  if (bytes !== file.bytes || crc !== file.crc32)
    throw new UserError(
      `${file.name}: changed while the folder was being read; run the command again`,
    )
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Uint8Array> {
  try {
    for (let at = 0; ; ) {
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      const { bytesRead } = await file.read(chunk, 0, CHUNK_BYTES, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield chunk.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

/**
 * "cannot be read: …", for use after the file name. The problem may begin with the same name, which is then not
 * repeated.
 */
export const cannotBeRead = (path: string, problem: string): string =>
  `cannot be read: ${problem.startsWith(`${path}: `) ? problem.slice(path.length + 2) : problem}`
