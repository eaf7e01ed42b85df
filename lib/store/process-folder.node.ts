import { readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning } from './is-running.node.ts'

/** Kinds whose leftovers this process has removed. */
const swept = new Set<string>()

/**
 * Path for temporary files of this process; whoever uses it makes it. Folders of the same kind that killed
 * processes left are removed, for each can hold gigabytes.
 *
 * @param kind What they are, fit for a name.
 */
export async function processFolder(kind: string): Promise<string> {
  const prefix = `samed2d-${kind}-`
  if (!swept.has(kind)) {
    swept.add(kind)
    for (const name of await readdir(tmpdir())) {
      const pid = name.startsWith(prefix) ? name.slice(prefix.length) : ''
      if (/^[1-9]\d*$/.test(pid) && !isRunning(Number(pid))) await removed(join(tmpdir(), name))
    }
  }
  return join(tmpdir(), `${prefix}${process.pid}`)
}

async function removed(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch (error) {
    // Somebody else's, who will clean up after themselves.
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
