import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '../errors'
import { MANIFEST_FILE } from './manifest'

const realFiles = { mkdir, open, readdir, rename, rm }

/** What publishing does to the disk; tests let it fail. */
export type PublishFiles = typeof realFiles

const PARQUET_FILE = /^[a-z_]+-[0-9a-f]{16}\.parquet$/

/**
 * Move a finished manifest into the folder `out`. Parquet files are named by their content, so they
 * move in beside the old ones; the rename of manifest.json then switches from old to new in one
 * step, and only after it the old files go. A kill at any moment leaves one whole manifest.
 *
 * @param kept Names of Parquet files of the old manifest that the new one lists as well.
 */
export async function publishManifest(
  finished: string,
  out: string,
  disk: PublishFiles = realFiles,
  kept: readonly string[] = [],
): Promise<void> {
  await assertPublishable(out, disk)
  await disk.mkdir(out, { recursive: true })
  const files = (await disk.readdir(finished)).filter(name => name !== MANIFEST_FILE)
  for (const name of [...files, MANIFEST_FILE]) {
    await flush(join(finished, name), disk)
    await disk.rename(join(finished, name), join(out, name))
  }
  const stale = (await disk.readdir(out)).filter(
    name => PARQUET_FILE.test(name) && !files.includes(name) && !kept.includes(name),
  )
  for (const name of stale) await disk.rm(join(out, name))
}

/**
 * Refuse to write a manifest among files that are not one's own.
 *
 * @throws UserError if `out` is not a folder, or holds anything but a manifest's files.
 */
export async function assertPublishable(
  out: string,
  { readdir }: Pick<PublishFiles, 'readdir'> = realFiles,
): Promise<void> {
  const names = await readdir(out).catch((cause: NodeJS.ErrnoException): string[] => {
    if (cause.code === 'ENOENT') return []
    throw new UserError(`${out}: ${cause.message}; choose another --out folder`, 1, { cause })
  })
  const foreign = names.find(name => name !== MANIFEST_FILE && !PARQUET_FILE.test(name))
  if (foreign !== undefined)
    throw new UserError(
      `${out}: holds "${foreign}", which is no file of a manifest; choose an empty --out folder`,
    )
}

/** On disk before it counts: a power cut must not leave a manifest that names empty files. */
async function flush(path: string, { open }: PublishFiles): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
