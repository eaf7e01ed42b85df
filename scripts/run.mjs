import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './root.mjs'
import { StepFailed } from './step-failed.mjs'

/** What a child gets to end after a signal, before it is killed. */
const GRACE_MS = 10_000

/** @type {Record<string, import('node:child_process').StdioOptions>} */
const STDIO = {
  own: 'inherit',
  stderr: ['inherit', 2, 'inherit'],
  onFailure: ['inherit', 'pipe', 'pipe'],
}

/**
 * @typedef {object} RunOptions
 * @property {Record<string, string | undefined>} [env] Added to our own.
 * @property {number} [timeoutMs] It is ended after that.
 * @property {'stderr' | 'onFailure'} [output] Where its output goes: to stderr where stdout is for
 *   results, or to stderr once it has failed.
 * @property {boolean} [shell] The command is a line for the system's shell.
 */

/**
 * Run a program in the project's folder on our own terminal, to its end.
 *
 * SIGINT and SIGTERM go on to the child; when it has ended, so does the caller, by a StepFailed
 * with the usual code (130, 143).
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>} Its exit code; 127 if it cannot be started.
 */
export function run(command, args, { env = {}, timeoutMs, output, shell } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: STDIO[output ?? 'own'],
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
      timeout: timeoutMs,
      shell,
    })
    /** @type {Buffer[]} */
    const heard = []
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', data => heard.push(data))
    /** @type {NodeJS.Signals | undefined} */
    let received
    /** @param {NodeJS.Signals} signal */
    const forward = signal => {
      received ??= signal
      // Ctrl-C on a terminal reaches the child by itself, on Windows always; a second one would cut
      // its clean-up short, and Windows would end it at once.
      const reachesChild = process.stdin.isTTY || process.platform === 'win32'
      if (signal !== 'SIGINT' || !reachesChild) child.kill(signal)
      setTimeout(() => child.kill('SIGKILL'), GRACE_MS).unref()
    }
    process.on('SIGINT', forward).on('SIGTERM', forward)
    const end = () => process.off('SIGINT', forward).off('SIGTERM', forward)
    child.on('error', () => {
      end()
      resolve(127)
    })
    child.on('close', (code, signal) => {
      end()
      if (code !== 0) process.stderr.write(Buffer.concat(heard))
      if (received) reject(new StepFailed('', signalCode(received)))
      else resolve(code ?? signalCode(signal ?? 'SIGKILL'))
    })
  })
}

/**
 * As `run`, but fails unless the program exits with 0.
 *
 * @param {string} what For the message: "what failed".
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function mustRun(what, command, args, options) {
  const code = await run(command, args, options)
  if (code !== 0) throw new StepFailed(`${what} failed (exit code ${code}); see above`)
}

/**
 * Run a Node script whose own words and exit code are all there is to say.
 *
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 */
export async function runNode(args, options) {
  const code = await run(process.execPath, args, options)
  if (code !== 0) throw new StepFailed('', code)
}

/** Path of a program inside a package: started by Node itself, so no shell is in between. */
export const packageFile = (/** @type {string} */ path) => join(ROOT, 'node_modules', path)

export const NEXT = packageFile('next/dist/bin/next')

/** @param {NodeJS.Signals} signal */
const signalCode = signal => 128 + constants.signals[signal]
