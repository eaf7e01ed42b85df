import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors'
import { isContentNamed, SAFE_FILE } from '../manifest/file-names'
import { MANIFEST_FILE } from '../manifest/manifest'
import { isLocked, retryLocked } from '../retry-locked.node.ts'
import { sha256Of } from './intact-files.node.ts'

const realFiles = { mkdir, open, readdir, readFile, rename, rm }

/** File operations of publishing; tests replace them to simulate failures. */
export type PublishFiles = typeof realFiles

/**
 * Move a finished manifest into the folder `out`. Names of Parquet files contain a hash of the content, so new files
 * can be moved in beside the old files. Renaming manifest.json then switches to the new manifest in one step. Old
 * files are removed after that. If the process is killed at any time, `out` has either the old or the new manifest,
 * complete.
 *
 * On Windows, an old file that another program has open is removed by the next publish.
 *
 * @param finished Folder of the finished manifest, on the same disk as `out`.
 * @param kept Names of Parquet files of the old manifest that the new manifest also lists.
 * @throws UserError if a file that must be replaced stays open in another program.
 */
export async function publishManifest(
  finished: string,
  out: string,
  disk: PublishFiles = realFiles,
  kept: readonly string[] = [],
): Promise<void> {
  await assertPublishable(out, disk)
  const listed = await listedNames(out, disk)
  await disk.mkdir(out, { recursive: true })
  const files = (await disk.readdir(finished)).filter(name => name !== MANIFEST_FILE)
  for (const name of [...files, MANIFEST_FILE]) {
    await flush(join(finished, name), disk)
    await moveIn(join(finished, name), join(out, name), disk)
  }
  const stale = (await disk.readdir(out)).filter(
    name =>
      (isContentNamed(name) || listed.has(name)) && !files.includes(name) && !kept.includes(name),
  )
  for (const name of stale)
    await disk.rm(join(out, name)).catch(error => {
      if (!isLocked(error)) throw error
    })
}

async function moveIn(from: string, to: string, { rename }: PublishFiles): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if (!isLocked(error)) throw error
    // A Parquet file of the same name has the same content, unless it is damaged.
    if (await isSameFile(from, to)) return
    await retryLocked(() => rename(from, to)).catch(cause => {
      if (!isLocked(cause)) throw cause
      throw new UserError(
        `${to}: another program has it open; stop the web server and other programs that read this manifest, then run the command again`,
        1,
        { cause },
      )
    })
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const there = await sha256Of(other).catch(() => null)
  return there !== null && there === (await sha256Of(one))
}

/**
 * Check that a manifest may be written to `out`, so that other files are never mixed with a manifest.
 *
 * @throws UserError if `out` is not a folder, or has files that are not part of a manifest.
 */
export async function assertPublishable(
  out: string,
  disk: Pick<PublishFiles, 'readdir' | 'readFile'> = realFiles,
): Promise<void> {
  const names = await disk.readdir(out).catch((cause: NodeJS.ErrnoException): string[] => {
    if (cause.code === 'ENOENT') return []
    throw new UserError(`${out}: ${cause.message}; choose another --out folder`, 1, { cause })
  })
  const listed = await listedNames(out, disk)
  const foreign = names.find(
    name => name !== MANIFEST_FILE && !isContentNamed(name) && !listed.has(name),
  )
  if (foreign !== undefined)
    throw new UserError(
      `${out}: holds "${foreign}", which is not part of a manifest; choose an empty --out folder`,
    )
}

/**
 * Names of the Parquet files that manifest.json in `out` lists, for any version of the format. Another program may have
 * chosen the names. Empty if manifest.json cannot be read.
 */
async function listedNames(
  out: string,
  { readFile }: Pick<PublishFiles, 'readFile'>,
): Promise<ReadonlySet<string>> {
  const text = await readFile(join(out, MANIFEST_FILE), 'utf8').catch(() => '')
  const names = [...text.matchAll(/"file"\s*:\s*"([^"\\]+)"/g)].map(([, name = '']) => name)
  return new Set(names.filter(name => SAFE_FILE.test(name)))
}

/** Flush a file to disk, so that a power cut cannot leave a manifest that lists empty files. */
async function flush(path: string, { open }: PublishFiles): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
