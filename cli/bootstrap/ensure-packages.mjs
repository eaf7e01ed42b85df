import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './root.mjs'
import { mustRun, run } from './run.mjs'
import { StepFailed } from './step-failed.mjs'

const STAMP = join(ROOT, 'node_modules', '.samed2d-lock')

/** Install what package-lock.json lists, unless node_modules already holds exactly that. */
export async function ensurePackages() {
  const lock = await readFile(join(ROOT, 'package-lock.json'), 'utf8').catch(() => {
    throw new StepFailed('package-lock.json is missing; get it back with git checkout')
  })
  const stamp = createHash('sha256').update(lock).digest('hex')
  if ((await readOr(STAMP, '')) === stamp) return
  const installed = await readOr(join(ROOT, 'node_modules', '.package-lock.json'), '{}')
  if (!holds(JSON.parse(installed), JSON.parse(lock))) {
    console.error('Installing packages…')
    await install()
  }
  await writeFile(STAMP, stamp)
}

/**
 * `npm ci` refuses a lock file that was written where the registry does not have the packages of
 * other systems. `npm install` takes from it what it lists, all the same.
 */
async function install() {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const options = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  if ((await run(npm, ['ci', ...options], { output: 'none' })) === 0) return
  await mustRun('npm install', npm, ['install', '--no-save', ...options])
}

/**
 * Whether npm's own record of node_modules lists every package of the lock file at its version.
 * Packages for other systems are optional there, and rightly missing.
 *
 * @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, devOptional?: boolean, peer?: boolean }> }} Lock
 * @param {Lock} installed
 * @param {Lock} lock
 */
export function holds(installed, lock) {
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    const found = installed.packages?.[path]
    if (path === '' || (!found && (wanted.optional || wanted.devOptional))) return true
    return found !== undefined && found.version === wanted.version
  })
}

/**
 * @param {string} path
 * @param {string} otherwise
 */
const readOr = (path, otherwise) => readFile(path, 'utf8').catch(() => otherwise)
