import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { isRunning } from '../store/is-running.node.ts'

/**
 * A folder for what this process reads over HTTP: `<out>.download-<pid>`, beside the manifest's folder. One that an
 * ended process has left becomes that of this process, with its content; further ones are removed. Renaming it
 * decides which of several processes gets it.
 *
 * @param out The manifest's folder.
 * @returns Path of the folder.
 */
export async function claimKeptReads(out: string): Promise<string> {
  const own = `${resolve(out)}${MARK}${process.pid}`
  const [parent, prefix] = [dirname(own), `${basename(resolve(out))}${MARK}`]
  await mkdir(parent, { recursive: true })
  // A container gives the same ids again: our own can only be that of an ended process.
  let isClaimed = false
  for (const name of await readdir(parent)) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (!/^[1-9]\d*$/.test(pid)) continue
    if (Number(pid) === process.pid) isClaimed = true
    else if (!isRunning(Number(pid))) {
      const path = join(parent, name)
      if (isClaimed) await rm(path, { recursive: true, force: true })
      else isClaimed = await claim(path, own)
    }
  }
  await mkdir(own, { recursive: true })
  return own
}

const MARK = '.download-'

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
