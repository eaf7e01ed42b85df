import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isRunning } from './is-running.node.ts'

const prefixOf = (out: string): string => `${resolve(out)}.partial-`

/** Folder for the unfinished output of this process. It is beside `out`, so that files can be renamed into `out`. */
export const partialFolder = (out: string): string => prefixOf(out) + process.pid

/** Remove the partial folders of `out` whose process no longer runs. */
export async function removeAbandoned(out: string): Promise<void> {
  const prefix = basename(prefixOf(out))
  const parent = dirname(resolve(out))
  const entries = await readdir(parent, { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    },
  )
  for (const entry of entries) {
    const pid = entry.name.startsWith(prefix) ? entry.name.slice(prefix.length) : ''
    if (/^[1-9]\d*$/.test(pid) && entry.isDirectory() && !isRunning(Number(pid)))
      await rm(join(parent, entry.name), { recursive: true, force: true })
  }
}
