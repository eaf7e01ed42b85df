import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { abandonedPaths } from '../store/process-marks.node.ts'

/**
 * A folder for what this process reads over HTTP: `<out>.download-<pid>`, beside the manifest's folder. One that an
 * ended process has left becomes that of this process, with its content; further ones are removed. Renaming it
 * decides which of several processes gets it.
 *
 * @param out The manifest's folder.
 * @returns Path of the folder.
 */
export async function claimKeptReads(out: string): Promise<string> {
  const prefix = `${resolve(out)}.download-`
  const own = `${prefix}${process.pid}`
  // A container gives the same ids again: our own can only be that of an ended process.
  let isClaimed = await stat(own).then(
    () => true,
    () => false,
  )
  for (const path of await abandonedPaths(prefix))
    if (isClaimed) await rm(path, { recursive: true, force: true })
    else isClaimed = await claim(path, own)
  await mkdir(own, { recursive: true })
  return own
}

async function claim(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    // Another process was faster, or there is one of ours.
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTEMPTY' || code === 'EEXIST') return false
    throw error
  }
}
