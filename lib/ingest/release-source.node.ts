import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../errors'

/** One of a release's two JSON files, on disk or in an archive. */
export interface ReleaseFile {
  /** Path or URL, for messages. */
  readonly where: string
  /** Size in bytes; null if unknown before reading. */
  readonly bytes: number | null
  /** The content from its start, in chunks of any size; may be called once. */
  open(): AsyncIterable<Uint8Array>
}

/** What `ingestRelease` reads: the index of images and masks, and the class map. */
export interface ReleaseSource {
  /** Short name for the manifest. */
  readonly name: string
  /** Where the release is, as the user gave it. */
  readonly where: string
  readonly index: ReleaseFile
  readonly classMap: ReleaseFile
}

export const INDEX_FILE = 'SAMed2D_v1.json'
export const CLASS_MAP_FILE = 'SAMed2D_v1_class_mapping_id.json'

const READ_BYTES = 1 << 20

/**
 * Open a release on disk.
 *
 * @param path Its folder, or its index, which has the class map beside it.
 * @throws UserError if index or class map do not exist or cannot be read.
 */
export async function openRelease(path: string): Promise<ReleaseSource> {
  const isFolder = (await statOf(path)).isDirectory()
  const indexPath = isFolder ? join(path, INDEX_FILE) : path
  if (!indexPath.endsWith('.json'))
    throw new UserError(`${path}: give the release's folder or its ${INDEX_FILE}`)
  const classMapPath = isFolder
    ? join(path, CLASS_MAP_FILE)
    : indexPath.replace(/\.json$/, '_class_mapping_id.json')
  return {
    name: basename(dirname(resolve(indexPath))),
    where: path,
    index: await fileAt(indexPath),
    classMap: await fileAt(classMapPath),
  }
}

async function fileAt(path: string): Promise<ReleaseFile> {
  const { size } = await statOf(path)
  return { where: path, bytes: size, open: () => chunksOf(path) }
}

async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>
  } catch (cause) {
    throw readError(path, cause)
  }
}

async function statOf(path: string) {
  try {
    return await stat(path)
  } catch (cause) {
    throw readError(path, cause)
  }
}

function readError(path: string, cause: unknown): unknown {
  const { code, message } = cause as NodeJS.ErrnoException
  if (code === undefined) return cause
  if (code === 'ENOENT')
    return new UserError(`${path}: no such file; a release has ${INDEX_FILE} and ${CLASS_MAP_FILE}`)
  return new UserError(`${path}: cannot be read (${message})`, 1, { cause })
}
