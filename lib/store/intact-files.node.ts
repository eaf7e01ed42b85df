import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads'
import { UserError } from '../errors'
import { filesOf } from '../manifest/files-of'
import { MANIFEST_FILE, type Manifest, type ManifestFile } from '../manifest/manifest'
import type { TableName } from '../manifest/tables'

/** Folder of a manifest's files, and the list of expected files. */
export interface ListedFiles {
  readonly dir: string
  readonly manifest: Pick<Manifest, 'files'>
}

/** Name of `intact` in the data that Node copies into each new thread. */
const INTACT = 'samed2d:intact'

/**
 * State of each file, by path, when the content last matched the listed hash. A thread begins with what the thread
 * that started it knew, so that the threads of `measure` hash nothing again.
 */
const intact = new Map<string, string>(getEnvironmentData(INTACT) as Map<string, string>)

/**
 * Check the content of a file against the listed hash. Each process hashes a file once, and again if the file changes.
 *
 * A change is detected by size, inode and modification time. If the disk returns different bytes and none of the three
 * changes, only the next process notices.
 *
 * @throws UserError that names the file and says what to do.
 */
export async function assertIntact(dir: string, file: ManifestFile): Promise<void> {
  const path = join(dir, file.file)
  // Get the state before reading. If the file changes in between, the state differs at the next call.
  const state = await assertSize(path, file)
  if (intact.get(path) === state) return
  if ((await sha256Of(path)) !== file.sha256)
    throw new UserError(
      `${path}: the content does not match the listed SHA-256; copy it again, or write the manifest again`,
    )
  intact.set(path, state)
  setEnvironmentData(INTACT, intact)
}

/** Whether a file exists with the listed size and content; see `assertIntact`. */
export const isIntact = (dir: string, file: ManifestFile): Promise<boolean> =>
  assertIntact(dir, file).then(
    () => true,
    error => {
      if (error instanceof UserError) return false
      throw error
    },
  )

/** Check all files of the given tables with `assertIntact`. */
export async function assertTables(
  { dir, manifest }: ListedFiles,
  tables: readonly TableName[],
): Promise<void> {
  for (const table of tables)
    for (const file of filesOf(manifest, table)) await assertIntact(dir, file)
}

/**
 * Check that a file exists with the listed size.
 *
 * @returns A string that changes when the file is written.
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
