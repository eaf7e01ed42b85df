import { statfs } from 'node:fs/promises'
import { UserError } from '../../errors'
import { countOf, formatBytes, formatCount } from '../../format'

/** Free bytes that must remain on the disk. */
const SPARE_BYTES = 64 << 20

/**
 * Check that a disk has room for files.
 *
 * @param folder A folder on the disk. The message names it.
 * @param wanted Total bytes and number of files.
 * @param there Returns the bytes that already exist. Called only if the disk may be too small.
 * @throws UserError if the disk is too small.
 */
export async function assertRoom(
  folder: string,
  wanted: { readonly bytes: number; readonly files: number },
  there: () => Promise<{ readonly bytes: number; readonly files: number }>,
): Promise<void> {
  const { bavail, bsize, files: inodes, ffree } = await statfs(folder)
  const free = bavail * bsize
  // File systems without a fixed number of inodes report 0 for both numbers.
  const freeFiles = inodes > 0 ? ffree : Number.POSITIVE_INFINITY
  if (wanted.bytes + SPARE_BYTES <= free && wanted.files <= freeFiles) return
  const found = await there()
  const bytes = wanted.bytes - found.bytes
  const files = wanted.files - found.files
  if (bytes + SPARE_BYTES > free)
    throw new UserError(
      `${folder}: the files need ${formatBytes(bytes)}, but only ${formatBytes(free)} are free; free disk space, or select fewer files`,
    )
  if (files > freeFiles)
    throw new UserError(
      `${folder}: the subset has ${countOf(files, 'file')}, but the disk has inodes for only ${formatCount(freeFiles)}; fetch with --layout tar or zip, or select fewer files`,
    )
}

/** Convert an error of the disk to a UserError. Other errors are returned unchanged. */
export function diskError(error: unknown, out: string): unknown {
  const { code, message, syscall } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new UserError(
      `${out}: the disk is full; free disk space and run the command again, it keeps the finished files`,
      1,
      { cause: error },
    )
  if (syscall !== undefined && DISK_CODES.has(code ?? ''))
    return new UserError(
      `${out}: cannot be written (${message}); check the disk and its permissions and run the command again, it keeps the finished files`,
      1,
      { cause: error },
    )
  return error
}

const DISK_CODES = new Set([
  'EFBIG',
  'EACCES',
  'EPERM',
  'EROFS',
  'EIO',
  'ENOTDIR',
  'EISDIR',
  'EEXIST',
])
