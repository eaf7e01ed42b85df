import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { isLocked } from '../lib/retry-locked.node.ts'
import type { Effects } from './effects'

/**
 * Run work that stages a manifest beside `out` (see `openStaging`). If it is interrupted, its temporary folders are
 * removed; if it is killed or crashes, a message names them.
 */
export async function withPartialFolders<Result>(
  out: string,
  effects: Effects,
  work: () => Promise<Result>,
): Promise<Result> {
  const own = `${resolve(out)}.partial-${process.pid}`
  const keep = effects.onInterrupt(() => {
    try {
      rmSync(own, { recursive: true, force: true })
    } catch (error) {
      // Windows does not remove files that the engine has open; the next run removes them.
      if (!isLocked(error)) throw error
    }
  })
  const takeBack = effects.leaveLastWords(
    `samed2d: ${out}: the command was killed or crashed, perhaps for lack of memory; an existing manifest there is intact; ` +
      'run the command again, which removes leftover files; if it fails again, please report it',
  )
  try {
    return await work()
  } finally {
    takeBack()
    keep()
  }
}
