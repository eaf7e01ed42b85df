import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { abandonedPaths } from './process-marks.node.ts'

/** Kinds for which this process has already removed abandoned folders. */
const swept = new Set<string>()

/**
 * Get a path for a folder of temporary files of this process. The caller creates the folder. The first call removes
 * folders of the same kind that killed processes left behind, because each can hold gigabytes.
 *
 * @param kind Kind of the files; part of the folder's name.
 */
export async function processFolder(kind: string): Promise<string> {
  const prefix = join(tmpdir(), `samed2d-${kind}-`)
  if (!swept.has(kind)) {
    swept.add(kind)
    for (const path of await abandonedPaths(prefix)) await removed(path)
  }
  return `${prefix}${process.pid}`
}

async function removed(path: string): Promise<void> {
  try {
    await rm(path, { recursive: true, force: true })
  } catch (error) {
    // The folder belongs to another user, whose processes will remove it.
    if (!['EACCES', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
