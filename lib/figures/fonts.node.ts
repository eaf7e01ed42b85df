import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'

const PACKAGE = join('node_modules', '@expo-google-fonts', 'arimo')

/**
 * Path of a file of the font's package. It is searched on disk, from the program's folder and the working folder
 * upwards, because bundlers treat a resolved name as code.
 *
 * @param name Within the package.
 * @throws Error if the packages are not installed.
 */
export function fontFile(name: string): string {
  const starts = [realpathSync(process.argv[1] ?? '.'), process.cwd()]
  for (const start of starts)
    for (let dir = start; ; dir = dirname(dir)) {
      const path = join(dir, PACKAGE, name)
      if (existsSync(path)) return path
      if (dir === dirname(dir)) break
    }
  throw new Error(`${join(PACKAGE, name)} is not installed; run npm install`)
}
