import { lstat, mkdir, rm } from 'node:fs/promises'
import { resolve } from 'node:path'
import { abandonedPaths } from './process-marks.node.ts'

const prefixOf = (out: string): string => `${resolve(out)}.partial-`

/** Folder for the unfinished output of this process. It is beside `out`, so that files can be renamed into `out`. */
export const partialFolder = (out: string): string => prefixOf(out) + process.pid

/**
 * Create an empty partial folder of this process for `out`, and remove those that killed processes left.
 *
 * @returns Path of the folder.
 */
export async function openPartialFolder(out: string): Promise<string> {
  await removeAbandoned(out)
  const dir = partialFolder(out)
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  return dir
}

/** Remove the partial folders of `out` whose process no longer runs. */
export async function removeAbandoned(out: string): Promise<void> {
  // Another process may have removed it in the meantime.
  for (const path of await abandonedPaths(prefixOf(out)))
    if ((await lstat(path).catch(() => null))?.isDirectory())
      await rm(path, { recursive: true, force: true })
}
