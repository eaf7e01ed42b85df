import { createHash } from 'node:crypto'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { UserError } from '../errors'
import { isRunning } from '../manifest/is-running.node.ts'

/** Goes up whenever parts are made differently, so that older ones are not mixed with new ones. */
const PARTS = 1

/** What parts depend on. */
export interface PartialKey {
  readonly manifestId: string
  /** Of the image store: see `ImageStore.identity`. */
  readonly store: string
  readonly sizeOnly: boolean
  readonly batchImages: number
}

/** A folder for parts, held by this process until it is released. */
export interface PartialFolder {
  readonly dir: string
  /** Leave it for a later run. */
  release(): Promise<void>
  /** It is not needed any more. */
  remove(): Promise<void>
}

/** Where the parts of a manifest are: beside it, so that they are on its disk. */
export function partialDir(manifestDir: string, key: PartialKey): string {
  const text = JSON.stringify([PARTS, key.manifestId, key.store, key.sizeOnly, key.batchImages])
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${resolve(manifestDir)}.measuring-${hash}`
}

/**
 * Make or find the folder for the parts of a manifest, and hold it.
 *
 * @throws UserError if another process measures the same; the disk's errors as they are.
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
    const holder = Number(await readFile(lock, 'utf8').catch(() => ''))
    // In a container that was started anew, processes get the ids of the old ones.
    const isHeld = holder === process.pid ? held.has(lock) : holder > 0 && isRunning(holder)
    if (!isFirst || isHeld)
      throw new UserError(
        `${lock}: process ${holder} measures the same manifest; wait for it, or remove this file if that is another program`,
      )
    // Its process was killed.
    await rm(lock, { force: true })
  }
}
