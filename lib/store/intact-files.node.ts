import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors'
import { filesOf } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest, type ManifestFile } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'

/** Where files of a manifest are, and what they must be. */
export interface ListedFiles {
  readonly dir: string
  readonly manifest: Pick<Manifest, 'files'>
}

/** By path: state of the file when its content was found to be the listed one. */
const intact = new Map<string, string>()

/**
 * Check the content of a file, once per process and again after it was written to.
 *
 * Size, inode and modification time tell that it was written to. A disk that returns other bytes without any of
 * these changing is noticed by the next process.
 *
 * @throws UserError that names the file and says what to do.
 */
export async function assertIntact(dir: string, file: ManifestFile): Promise<void> {
  const path = join(dir, file.file)
  // Taken before reading: a change in between shows as another state at the next call.
  const state = await assertSize(path, file)
  if (intact.get(path) === state) return
  if ((await sha256Of(path)) !== file.sha256)
    throw new UserError(
      `${path}: the content does not match the listed SHA-256; copy it again, or write the manifest again`,
    )
  intact.set(path, state)
}

/** Whether a file is there with the listed size and content; see `assertIntact`. */
export const isIntact = (dir: string, file: ManifestFile): Promise<boolean> =>
  assertIntact(dir, file).then(
    () => true,
    error => {
      if (error instanceof UserError) return false
      throw error
    },
  )

/** Check all files of some tables, as `assertIntact`. */
export async function assertTables(
  { dir, manifest }: ListedFiles,
  tables: readonly TableName[],
): Promise<void> {
  for (const table of tables)
    for (const file of filesOf(manifest, table)) await assertIntact(dir, file)
}

/**
 * Check that a file is there with the listed size.
 *
 * @returns A text that changes when the file is written to.
 * @throws UserError that names the file and says what to do.
 */
export async function assertSize(path: string, { bytes, sha256 }: ManifestFile): Promise<string> {
  const { size, ino, mtimeMs } = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason = cause.code === 'ENOENT' ? 'missing' : cause.message
    throw new UserError(`${path}: ${reason}; write the manifest again`, 1, { cause })
  })
  if (size !== bytes)
    throw new UserError(
      `${path}: ${size} bytes, but ${MANIFEST_FILE} lists ${bytes}; write the manifest again`,
    )
  return [size, ino, mtimeMs, sha256].join(' ')
}

/** Hex SHA-256 of a file, read as a stream. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}
