import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * Absolute path of the folder that this program is in: a clone, or an installed package. Found
 * from the nearest package.json, because the bundled code lies less deep than the sources.
 */
export const PACKAGE_ROOT = nearestPackage(dirname(fileURLToPath(import.meta.url)))

/** Whether this program is a clone: the package has no sources, and nothing to build. */
export const IS_CLONE = existsSync(join(PACKAGE_ROOT, 'cli', 'main.ts'))

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const parent = dirname(folder)
  if (parent === folder) throw new Error(`no package.json above ${import.meta.url}`)
  return nearestPackage(parent)
}
