import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Bytes on the disk of all folders whose paths start with a text; holes are not counted. */
export const diskOfFolders = (start: string): number =>
  names(dirname(start))
    .filter(name => name.startsWith(basename(start)))
    .reduce((sum, name) => sum + diskOf(join(dirname(start), name)), 0)

function diskOf(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return (found?.blocks ?? 0) * 512
  return names(path).reduce((sum, name) => sum + diskOf(join(path, name)), 0)
}

function names(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch {
    // It has gone meanwhile.
    return []
  }
}
