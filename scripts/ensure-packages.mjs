import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './root.mjs'
import { mustRun } from './run.mjs'
import { StepFailed } from './step-failed.mjs'

const STAMP = join(ROOT, 'node_modules', '.samed2d-lock')

/** Install what package-lock.json lists, unless node_modules already holds exactly that. */
export async function ensurePackages() {
  const lock = await readFile(join(ROOT, 'package-lock.json'), 'utf8').catch(() => {
    throw new StepFailed(
      'package-lock.json is missing; restore it with git checkout package-lock.json',
    )
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

async function install() {
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  // npm is a batch file on Windows: Node starts those through a shell only.
  if (process.platform === 'win32')
    await mustRun('npm ci', `npm ${args.join(' ')}`, [], { output: 'stderr', shell: true })
  else await mustRun('npm ci', 'npm', args, { output: 'stderr' })
}

/**
 * Whether npm's own record of node_modules lists every package of the lock file at its version.
 * Optional packages may be missing, unless they are binaries for this machine.
 *
 * @typedef {object} LockedPackage
 * @property {string} [version]
 * @property {boolean} [optional]
 * @property {boolean} [devOptional]
 * @property {string[]} [os]
 * @property {string[]} [cpu]
 * @property {string[]} [libc]
 *
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 * @param {Lock} installed
 * @param {Lock} lock
 * @param {{ platform: string, arch: string }} [machine]
 */
export function holds(installed, lock, machine = process) {
  return Object.entries(lock.packages ?? {}).every(([path, wanted]) => {
    const found = installed.packages?.[path]
    if (found) return path === '' || found.version === wanted.version
    return path === '' || ((wanted.optional || wanted.devOptional) && !isFor(machine, wanted))
  })
}

/**
 * Whether a package says that it is for a machine. One of two C libraries is not: the other may be
 * the machine's.
 *
 * @param {{ platform: string, arch: string }} machine
 * @param {LockedPackage} wanted
 */
const isFor = ({ platform, arch }, { os, cpu, libc }) =>
  !libc && os?.includes(platform) && (!cpu || cpu.includes(arch))

/**
 * @param {string} path
 * @param {string} otherwise
 */
const readOr = (path, otherwise) => readFile(path, 'utf8').catch(() => otherwise)
