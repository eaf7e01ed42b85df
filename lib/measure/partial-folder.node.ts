import { createHash } from 'node:crypto'
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UserError } from '../errors'
import { isRunning } from '../store/is-running.node.ts'

/** Version of parts; increase it when they change, so that old and new parts are not mixed. */
const PARTS = 2

/** What the content of parts depends on. */
export interface PartialKey {
  readonly manifestId: string
  /** `ImageStore.identity` of the store. */
  readonly store: string
  readonly sizeOnly: boolean
  readonly retry: boolean
  readonly batchImages: number
}

/** A folder for parts, locked by this process until it is released. */
export interface PartialFolder {
  readonly dir: string
  /** Release the lock and keep the folder for a later run. */
  release(): Promise<void>
  /** Remove the folder. */
  remove(): Promise<void>
}

/** Beside the manifest, so that the parts are on the same disk. */
const partialPrefix = (manifestDir: string): string => `${resolve(manifestDir)}.measuring-`

/** Names begin with the id of the manifest, for `removeStale`. */
const nameOfManifest = ({ manifestId }: Pick<PartialKey, 'manifestId'>) => manifestId.slice(0, 16)

function partialDir(manifestDir: string, key: PartialKey): string {
  const { manifestId, store, sizeOnly, retry, batchImages } = key
  const text = JSON.stringify([PARTS, manifestId, store, sizeOnly, retry, batchImages])
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${partialPrefix(manifestDir)}${nameOfManifest(key)}-${hash}`
}

/**
 * Remove parts of earlier manifests of this folder: of a run that was killed after it published the manifest, or of
 * rows that were written again since. Folders that another process has locked stay.
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
 * Make or find the folder for the parts of a manifest, and lock it.
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
    // The process of the lock was killed.
    await rm(lock, { force: true })
  }
}

/** The running process that owns a lock; null if it has ended, or there is no lock. */
async function holderOf(lock: string): Promise<number | null> {
  const pid = Number(await readFile(lock, 'utf8').catch(() => ''))
  // In a restarted container, processes get the same ids again.
  const isHeld = pid === process.pid ? held.has(lock) : pid > 0 && isRunning(pid)
  return isHeld ? pid : null
}
