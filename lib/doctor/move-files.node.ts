import { rename, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { retryLocked } from '../retry-locked.node.ts'
import { syncFolder } from './replace-bytes.node.ts'

export interface Move {
  readonly from: string
  readonly to: string
}

/**
 * Renames files to each other's names. No file is lost, whenever the process ends: each gets a temporary name
 * first, under which its content is found again. A file that has a name that is needed is renamed to
 * `.replaced`, unless it is empty.
 *
 * @returns The files that were replaced, by their new names.
 */
export async function moveFiles(moves: readonly Move[]): Promise<string[]> {
  const replaced: string[] = []
  for (const { from, to } of moves) await retryLocked(() => rename(from, `${to}.moved`))
  for (const { to } of moves) {
    if (((await sizeOf(to)) ?? 0) > 0) {
      const aside = await freeName(`${to}.replaced`)
      await retryLocked(() => rename(to, aside))
      replaced.push(aside)
    }
    await retryLocked(() => rename(`${to}.moved`, to))
  }
  for (const folder of new Set(moves.map(({ to }) => dirname(to)))) await syncFolder(folder)
  return replaced
}

async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}-${n}`
    if (!(await exists(name))) return name
  }
}

/** Whether there is a file of a name. */
export const exists = async (path: string): Promise<boolean> => (await sizeOf(path)) !== null

const sizeOf = (path: string): Promise<number | null> =>
  stat(path).then(
    ({ size }) => size,
    () => null,
  )
