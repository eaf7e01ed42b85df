import { rmSync } from 'node:fs'
import { isLocked } from '../lib/retry-locked.node.ts'
import { partialFolder } from '../lib/store/partial-folder.node.ts'
import type { Effects } from './effects'

/**
 * Run work that has its unfinished output beside `out` (see `partialFolder`). If it is interrupted, this folder is
 * removed; if it is killed or crashes, a message says what is left.
 *
 * @param intact What is certain of earlier output in `out`.
 */
export async function withPartialFolders<Result>(
  out: string,
  effects: Effects,
  work: () => Promise<Result>,
  intact = 'an existing manifest there is intact',
): Promise<Result> {
  const own = partialFolder(out)
  const keep = effects.onInterrupt(() => {
    try {
      rmSync(own, { recursive: true, force: true })
    } catch (error) {
      // Windows does not remove files that the engine has open; the next run removes them.
      if (!isLocked(error)) throw error
    }
  })
  const takeBack = effects.leaveLastWords(
    `samed2d: ${out}: the command was killed or crashed, perhaps for lack of memory; ${intact}; ` +
      'run the command again, which removes leftover files; if it fails again, please report it',
  )
  try {
    return await work()
  } finally {
    takeBack()
    keep()
  }
}
