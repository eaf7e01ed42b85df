import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isRunning } from './is-running.node.ts'

/**
 * Find what ended processes left behind.
 *
 * @param prefix Path up to the process id that ends each name.
 * @returns Paths of files and folders called `<prefix><pid>` whose process no longer runs; none without the folder.
 */
export async function abandonedPaths(prefix: string): Promise<string[]> {
  const [parent, start] = [dirname(prefix), basename(prefix)]
  const names = await readdir(parent).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .filter(name => {
      const pid = name.startsWith(start) ? name.slice(start.length) : ''
      return /^[1-9]\d*$/.test(pid) && !isRunning(Number(pid))
    })
    .map(name => join(parent, name))
}
