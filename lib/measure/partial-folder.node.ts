import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../errors'
import { isRunning } from '../store/is-running.node.ts'

/** Version of the part file format. Increase it with every change, so that old and new part files are not mixed. */
const PARTS = 2

/** Inputs that determine the content of part files. */
export interface PartialKey {
  readonly manifestId: string
  /** `ImageStore.identity` of the store. */
  readonly store: string
  readonly sizeOnly: boolean
  readonly retry: boolean
  readonly batchImages: number
}

/** A folder for part files, locked by this process until `release` or `remove`. */
export interface PartialFolder {
  readonly dir: string
  /** Release the lock and keep the folder for a later run. */
  release(): Promise<void>
  /** Remove the folder with the lock. */
  remove(): Promise<void>
}

/** Path prefix beside the manifest, so that part files are on the same disk. */
const partialPrefix = (manifestDir: string): string => `${resolve(manifestDir)}.measuring-`

/** Start of a folder's name after the prefix. `removeStale` compares it to find folders of other manifests. */
const nameOfManifest = ({ manifestId }: Pick<PartialKey, 'manifestId'>) => manifestId.slice(0, 16)

function partialDir(manifestDir: string, key: PartialKey): string {
  const { manifestId, store, sizeOnly, retry, batchImages } = key
  const text = JSON.stringify([PARTS, manifestId, store, sizeOnly, retry, batchImages])
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${partialPrefix(manifestDir)}${nameOfManifest(key)}-${hash}`
}

/**
 * Remove part files of earlier manifests of this folder. They remain if a run was killed after publishing, or if the
 * manifest was rewritten before measuring was complete. Folders that another process has locked are kept.
 */
export async function removeStale(manifestDir: string, manifestId: string): Promise<void> {
  const prefix = basename(partialPrefix(manifestDir))
  const parent = dirname(resolve(manifestDir))
  for (const name of await readdir(parent)) {
    const [, of] = /^([0-9a-f]{16})-[0-9a-f]{16}$/.exec(name.slice(prefix.length)) ?? []
    if (!name.startsWith(prefix) || !of || of === nameOfManifest({ manifestId })) continue
    if (!(await holderOf(join(parent, name, 'lock'))))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}

/**
 * Open or create the folder for part files of a manifest, and lock the folder.
 *
 * @throws UserError if another process measures the same manifest; errors of the disk.
 */
export async function holdPartialFolder(
  manifestDir: string,
  key: PartialKey,
): Promise<PartialFolder> {
  const dir = partialDir(manifestDir, key)
  await mkdir(dir, { recursive: true })
  const lock = join(dir, 'lock')
  await hold(lock)
  held.add(lock)
  return {
    dir,
    async release() {
      held.delete(lock)
      await rm(lock, { force: true })
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  }
}

/** Locks of this process. */
const held = new Set<string>()

async function hold(lock: string): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    const file = await open(lock, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return null
      throw error
    })
    if (file) {
      await file.writeFile(String(process.pid))
      return file.close()
    }
    const holder = await holderOf(lock)
    if (!isFirst || holder)
      throw new UserError(
        `${lock}: process ${holder} is measuring the same manifest; wait for it, or remove this file if that process is another program`,
      )
    // The process that created the lock was killed.
    await rm(lock, { force: true })
  }
}

/** Id of the running process that owns a lock; null if the process has ended or there is no lock. */
async function holderOf(lock: string): Promise<number | null> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''))
  // A restarted container reuses process ids, so a lock with this process's id can be from an earlier process.
  const isHeld = pid === process.pid ? held.has(lock) : pid > 0 && isRunning(pid)
  return isHeld ? pid : null
}
