import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Effects } from './effects'

/**
 * Run work that stages a manifest beside `out` (see `openStaging`): if it is interrupted, what it
 * left there goes.
 */
export async function withPartialFolders<Result>(
  out: string,
  effects: Effects,
  work: () => Promise<Result>,
): Promise<Result> {
  const own = `${resolve(out)}.partial-${process.pid}`
  const keep = effects.onInterrupt(() => rmSync(own, { recursive: true, force: true }))
  try {
    return await work()
  } finally {
    keep()
  }
}
