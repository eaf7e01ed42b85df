import { rmSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Effects } from './effects'

/**
 * Run work that stages a manifest beside `out` (see `openStaging`): what it left there goes when it
 * is interrupted, and so does what an earlier, killed run left.
 */
export async function withPartialFolders<Result>(
  out: string,
  effects: Effects,
  work: () => Promise<Result>,
): Promise<Result> {
  await removeAbandoned(out)
  const own = `${resolve(out)}.partial-${process.pid}`
  const keep = effects.onInterrupt(() => rmSync(own, { recursive: true, force: true }))
  try {
    return await work()
  } finally {
    keep()
  }
}

/** Folders `<out>.partial-<pid>` whose process is gone. */
async function removeAbandoned(out: string): Promise<void> {
  const parent = dirname(resolve(out))
  const prefix = `${basename(resolve(out))}.partial-`
  const names = await readdir(parent).catch((error: NodeJS.ErrnoException): string[] => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  for (const name of names) {
    const pid = name.startsWith(prefix) ? name.slice(prefix.length) : ''
    if (/^\d+$/.test(pid) && !isRunning(Number(pid)))
      await rm(join(parent, name), { recursive: true, force: true })
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}
