import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { type CommandPlace, commandLine, quoted } from './command-line'
import { IS_CLONE, PACKAGE_ROOT } from './package-root.node.ts'

/** What decides how the command line is started; tests give another one. */
export interface Standing {
  /** Folder of the clone, or of the installed package. */
  readonly root: string
  readonly isClone: boolean
  readonly cwd: string
  /** The variable PATH. */
  readonly path: string
}

/**
 * How to start the command line again from the working folder: `npx samed2d` in a clone and in a project
 * that has it, `npx FILE` after that, `samed2d` if it is installed globally; else by its path.
 */
export function commandName(at: Standing = standing()): string {
  const script = join(at.root, 'cli', 'samed2d.mjs')
  const byPath = `node ${shellWord(script)}`
  // Not `npm run samed2d --`, which takes relative paths as from the clone's top.
  if (at.isClone) return isWithin(at.cwd, at.root) ? 'npx samed2d' : byPath
  const modules = dirname(at.root)
  const fetched = npxPackage(dirname(modules), at.cwd)
  if (fetched) return `npx ${shellWord(fetched)}`
  if (isOnPath(at.path, script)) return 'samed2d'
  const isOfProject = existsSync(join(modules, '.bin')) && isWithin(at.cwd, dirname(modules))
  return isOfProject ? 'npx samed2d' : byPath
}

/**
 * A command to paste where this process was started.
 *
 * @param words As for `commandLine`.
 */
export const command = (...words: readonly string[]): string => commandLine(commandName(), ...words)

/**
 * What a page needs to print commands. Pages may be seen from elsewhere, so no absolute path of this
 * machine is in it: of a manifest outside the working folder only the name is said.
 *
 * @param manifest Folder or URL of the manifest that is served.
 */
export function pagePlace(manifest: string): CommandPlace {
  const name = commandName()
  const shown = shownPlace(manifest)
  return {
    samed2d: name.startsWith('node ') ? 'samed2d' : name,
    manifest: isAbsolute(shown) ? `path/to/${basename(shown)}` : shown,
  }
}

/** A URL, or a path as one would type it: from the working folder if it lies below, else absolute. */
export function shownPlace(place: string, cwd = process.cwd()): string {
  if (/^https?:\/\//i.test(place)) return place
  const absolute = resolve(cwd, place)
  return isWithin(absolute, cwd) ? relative(cwd, absolute) || '.' : absolute
}

const standing = (): Standing => ({
  root: PACKAGE_ROOT,
  isClone: IS_CLONE,
  cwd: process.cwd(),
  path: process.env.PATH ?? '',
})

const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep)

/** cmd and PowerShell know double quotes only; a path on Windows has none in it. */
const shellWord = (text: string): string => {
  if (process.platform !== 'win32') return quoted(text)
  return /^[\w.:\\/-]+$/.test(text) ? text : `"${text}"`
}

/** What npx was asked to run, if `folder` is one of its cache: a tarball, a URL, or the registry's. */
function npxPackage(folder: string, cwd: string): string | undefined {
  if (basename(dirname(folder)) !== '_npx') return
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const spec = String(dependencies.samed2d)
  if (!spec.includes(':')) return 'samed2d'
  if (!spec.startsWith('file:')) return spec
  const file = shownPlace(resolve(folder, spec.slice('file:'.length)), cwd)
  // Without a slash npx would look for a package of that name.
  return isAbsolute(file) ? file : `.${sep}${file}`
}

/** Whether a shell finds our own `samed2d`; npm and npx add `.bin` folders for their children only. */
function isOnPath(path: string, script: string): boolean {
  return path
    .split(delimiter)
    .filter(folder => basename(folder) !== '.bin')
    .some(folder =>
      process.platform === 'win32'
        ? existsSync(join(folder, 'samed2d.cmd')) &&
          realPath(join(folder, 'node_modules', 'samed2d', 'cli', 'samed2d.mjs')) === script
        : realPath(join(folder, 'samed2d')) === script,
    )
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path)
  } catch {
    // Not there, or not ours to read: not the one.
    return
  }
}
