import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { ahead } from '../async/ahead'
import { UserError } from '../errors'
import { type FolderRoots, folderRoots } from './folder-roots.node.ts'
import { ImageFault } from './image-fault'
import { type PictureFile, pathOf } from './image-row'
import {
  assertReadable,
  assertStreamable,
  type ImageStore,
  type PictureResult,
} from './image-store'

/** A release folder as an image store, which can also open any file in it. */
export interface DirectoryStore extends ImageStore {
  /**
   * Open a file by its path within the folder, with the same rules as for pictures. The caller closes it.
   *
   * @throws ImageFault if it does not exist, is no file, or leads out of the folder.
   */
  openFile(path: string): Promise<FileHandle>
}

/**
 * A release folder as an image store: reads `images/…` and `masks/…` in it, by names that are made from rows.
 * Links are followed within `folderRoots`, and refused (OutsideLink) where they lead elsewhere.
 *
 * @param allowRoots Further folders that links may lead into.
 * @throws UserError if the path is not a folder with `images/` in it, or an allowed folder does not exist.
 */
export async function openDirectoryStore(
  dir: string,
  allowRoots: readonly string[] = [],
): Promise<DirectoryStore> {
  const root = await realpath(dir).catch(cause => {
    throw new UserError(`${dir}: ${reasonOf(cause)}; point --images at a release folder`, 1, {
      cause,
    })
  })
  const images = await stat(join(root, 'images')).catch(() => null)
  if (!images?.isDirectory())
    throw new UserError(`${dir}: has no folder "images"; point --images at a release folder`)
  const masks = await stat(join(root, 'masks')).catch(() => null)
  const state = [images, masks].map(each => (each ? [each.ino, each.mtimeMs] : null))
  const within = await folderRoots(root, allowRoots)
  return {
    kind: 'directory',
    needsBoxes: false,
    source: resolve(dir),
    identity: createHash('sha256')
      .update(JSON.stringify([root, within.roots, state]))
      .digest('hex'),
    async read(files, signal) {
      const read: Uint8Array[] = []
      let total = 0
      for (const file of files) {
        signal?.throwIfAborted()
        const bytes = await readWithin(within, pathOf(file), total)
        total += bytes.length
        read.push(bytes)
      }
      return read
    },
    async *readEach(files, { headBytes, signal }) {
      for await (const result of ahead(files, AHEAD, file => readOne(within, file, headBytes))) {
        signal?.throwIfAborted()
        yield result
      }
    },
    openFile: path => openWithin(within, path),
    async open(picture, signal) {
      const path = pathOf(picture)
      const file = await openWithin(within, path)
      try {
        const { size } = await file.stat()
        assertStreamable(path, size)
        return { bytes: size, pieces: piecesOf(file, path, signal) }
      } catch (cause) {
        await file.close()
        throw faultOf(path, cause)
      }
    },
    async close() {},
  }
}

/** Bytes of a piece. */
const PIECE_BYTES = 1 << 20

async function* piecesOf(
  file: FileHandle,
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  try {
    for (;;) {
      signal?.throwIfAborted()
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(PIECE_BYTES))
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
    }
  } catch (cause) {
    signal?.throwIfAborted()
    throw faultOf(path, cause)
  } finally {
    await file.close()
  }
}

async function readWithin(
  within: FolderRoots,
  path: string,
  readBytes: number,
): Promise<Uint8Array> {
  const file = await openWithin(within, path)
  try {
    const { size } = await file.stat()
    assertReadable(path, size, readBytes)
    return await file.readFile()
  } catch (cause) {
    throw faultOf(path, cause)
  } finally {
    await file.close()
  }
}

/** Files that are read ahead. */
const AHEAD = 4

async function readOne(
  within: FolderRoots,
  picture: PictureFile,
  headBytes: number | undefined,
): Promise<PictureResult> {
  const path = pathOf(picture)
  try {
    const file = await openWithin(within, path)
    try {
      const { size } = await file.stat()
      if (headBytes === undefined) {
        assertReadable(path, size, 0)
        return { file: picture, data: await file.readFile(), bytes: size }
      }
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0)
      return { file: picture, data: buffer.subarray(0, bytesRead), bytes: size }
    } catch (cause) {
      throw faultOf(path, cause)
    } finally {
      await file.close()
    }
  } catch (error) {
    if (!(error instanceof ImageFault) || isOfTheSystem(error)) throw asUserError(error)
    return { file: picture, fault: error }
  }
}

/** Error codes that are about the file; other errors, such as too many open files, are not. */
const OF_THE_FILE = new Set([
  'ENOENT',
  'ENOTDIR',
  'EACCES',
  'EPERM',
  'EIO',
  'ELOOP',
  'ENAMETOOLONG',
])

function isOfTheSystem({ cause }: ImageFault): boolean {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException
  return code !== undefined && !OF_THE_FILE.has(code)
}

const asUserError = (error: unknown): unknown =>
  error instanceof ImageFault ? new UserError(error.message, 1, { cause: error }) : error

async function openWithin(within: FolderRoots, path: string): Promise<FileHandle> {
  try {
    const real = await within.resolve(path)
    // The name has no links left; one that is put there meanwhile is not followed. A pipe must not
    // keep the server waiting.
    const file = await open(real, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    if ((await file.stat()).isFile()) return file
    await file.close()
    throw new ImageFault('unreadable', `${path}: not a file`)
  } catch (cause) {
    throw faultOf(path, cause)
  }
}

function faultOf(path: string, cause: unknown): unknown {
  if (cause instanceof ImageFault) return cause
  const { code } = cause as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM')
    return new ImageFault('forbidden', `${path}: ${reasonOf(cause)}`, { cause })
  if (code === 'ENOENT' || code === 'ENOTDIR')
    return new ImageFault('missing', `${path}: not in the image folder`, { cause })
  return new ImageFault('unreadable', `${path}: ${reasonOf(cause)}`, { cause })
}

function reasonOf(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  const known: Record<string, string> = {
    ENOENT: 'not found',
    EACCES: 'no permission to read it',
    EIO: 'the disk cannot read it',
    ENAMETOOLONG: 'the name is too long for this disk',
  }
  return known[code ?? ''] ?? code ?? message
}
