import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { UserError } from '../errors'
import { isRunning } from '../store/is-running.node.ts'

/**
 * Lock an archive, so that only one repair changes it. The lock of a process that has ended is taken over.
 *
 * @param path Path of the lock file.
 * @param location The archive, for the message.
 * @returns A function that removes the lock.
 * @throws UserError that names the process with the lock.
 */
export async function lockArchive(path: string, location: string): Promise<() => Promise<void>> {
  const own = `${path}.${process.pid}`
  // A link is made with its content at once, so no other process ever reads an empty lock.
  await writeFile(own, String(process.pid))
  try {
    for (;;) {
      try {
        await link(own, path)
        return () => rm(path, { force: true })
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const pid = await holder(path)
      if (pid !== null && isRunning(pid))
        throw new UserError(
          `${location}: another repair (process ${pid}) is running; wait for it, or stop it`,
        )
      // Of several processes that find the same old lock, one moves it away; a new one is put back.
      const old = `${own}.old`
      await rename(path, old).catch(() => {})
      const moved = await holder(old)
      if (moved !== null && isRunning(moved)) await link(old, path).catch(() => {})
      await rm(old, { force: true })
    }
  } finally {
    await rm(own, { force: true })
  }
}

/** The process that a lock names; null if there is none. */
async function holder(path: string): Promise<number | null> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  return pid > 0 ? pid : null
}
