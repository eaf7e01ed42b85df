import { type FileHandle, open } from 'node:fs/promises'
import { UserError } from '../errors'
import {
  type ByteSource,
  checkRange,
  MissingSourceError,
  type TransferCounters,
} from './byte-source'

/** Node reads less than 2 GiB per call. */
const MAX_READ = 1 << 30

/**
 * A file as a source. It stays open until `close`, so it may be renamed meanwhile.
 *
 * @throws UserError if the path does not exist, cannot be read, or is not a file.
 */
export async function openFileSource(
  path: string,
  counters: TransferCounters,
): Promise<ByteSource> {
  const handle = await open(path, 'r').catch(cause => {
    throw fileError(path, cause)
  })
  const status = await handle.stat()
  if (!status.isFile()) {
    await handle.close()
    throw new UserError(`${path}: not a file; give the archive's .zip`)
  }
  const source: ByteSource = {
    name: path,
    size: status.size,
    isRemote: false,
    async read(offset, length, signal) {
      checkRange(source, offset, length)
      signal?.throwIfAborted()
      const bytes = Buffer.allocUnsafeSlow(length)
      counters.requests++
      await fill(handle, bytes, offset, path, signal)
      counters.bytes += length
      return bytes
    },
    close: () => handle.close(),
  }
  return source
}

async function fill(
  handle: FileHandle,
  bytes: Buffer,
  offset: number,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const wanted = Math.min(bytes.length - done, MAX_READ)
    const { bytesRead } = await handle.read(bytes, done, wanted, offset + done).catch(cause => {
      throw fileError(path, cause)
    })
    signal?.throwIfAborted()
    if (bytesRead === 0)
      throw new UserError(
        `${path}: ends at ${offset + done}, but was longer when it was opened; is it still being copied?`,
      )
    done += bytesRead
  }
}

function fileError(path: string, cause: NodeJS.ErrnoException): UserError {
  return cause.code === 'ENOENT'
    ? new MissingSourceError(`${path}: no such file`, 1, { cause })
    : new UserError(`${path}: cannot be read (${cause.message})`, 1, { cause })
}
