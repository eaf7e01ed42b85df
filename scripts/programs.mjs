import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'
import { StepFailed } from './step-failed.mjs'

/**
 * Path of the first of some programs that this system has.
 *
 * @param {readonly string[]} names
 */
export function onPath(names) {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  return names.flatMap(name => folders.map(folder => join(folder, name))).find(isProgram)
}

/**
 * Path of a program that an environment variable names.
 *
 * @param {string} variable
 */
export function namedBy(variable) {
  const path = process.env[variable]
  if (path && !isProgram(path))
    throw new StepFailed(`${variable}: ${path} is not a program; correct it or unset it`)
  return path || undefined
}

/** @param {string} path */
export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Install packages where that can be done unasked: on a Debian, as root. The caller looks whether they came.
 *
 * @param {readonly string[]} packages
 */
export async function installUnasked(packages) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  console.error(`Installing ${packages.join(', ')} for the browser tests…`)
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-qq'], { env, output: 'stderr' })
  await run('apt-get', ['install', '-y', '-qq', ...packages], { env, output: 'stderr' })
}
