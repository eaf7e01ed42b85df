import { open, readFile, rm } from 'node:fs/promises'
import { UserError } from '../../errors'
import { isRunning } from '../../store/is-running.node.ts'

/**
 * Lock a target, so that only one fetch writes to it. The lock of a process that has ended is ignored.
 *
 * @param path Path of the lock file.
 * @param out The target, for the message.
 * @returns A function that removes the lock.
 * @throws UserError that names the process with the lock.
 */
export async function lockFetch(path: string, out: string): Promise<() => Promise<void>> {
  for (let attempt = 0; ; attempt++)
    try {
      const file = await open(path, 'wx')
      try {
        await file.writeFile(String(process.pid))
      } catch (error) {
        await rm(path, { force: true })
        throw error
      } finally {
        await file.close()
      }
      return () => rm(path, { force: true })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 0) throw error
      const pid = Number(await readFile(path, 'utf8').catch(() => ''))
      if (pid > 0 && isRunning(pid))
        throw new UserError(
          `${out}: another fetch (process ${pid}) is writing there; wait for it, or stop it`,
        )
      await rm(path, { force: true })
    }
}
