import { dev } from './dev.mjs'
import { build, ensureBuild } from './ensure-build.mjs'
import { dropStaleManifest } from './ensure-manifest.mjs'
import { ensurePackages } from './ensure-packages.mjs'
import { packageFile, runNode } from './run.mjs'
import { StepFailed } from './step-failed.mjs'
import { test } from './test.mjs'

/** @type {Record<string, (args: string[]) => Promise<void>>} */
const TASKS = {
  async demo(args) {
    await dropStaleManifest('manifests/reference')
    await runNode(['cli/samed2d.mjs', 'demo', ...args])
  },
  async package() {
    await ensureBuild(console.error)
    // Needs esbuild, which a bare clone does not have until now.
    const { buildCommand } = await import('./build-command.mjs')
    await buildCommand()
  },
  test,
  bench: args => runNode([packageFile('tsx/dist/cli.mjs'), 'tests/bench/bench.ts', ...args]),
  dev,
  build,
}

/**
 * Run one npm script.
 *
 * @param {string[]} args Name of the script, then its own arguments.
 * @returns {Promise<number>} Exit code: 0 done, 1 failed, 2 wrong usage, 130 and 143 after a signal.
 */
export async function task([name = '', ...args]) {
  const start = Object.hasOwn(TASKS, name) ? TASKS[name] : undefined
  if (!start) {
    console.error(`samed2d: no script "${name}"; one of ${Object.keys(TASKS).join(', ')}`)
    return 2
  }
  try {
    await ensurePackages()
    await start(args)
    return 0
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    if (error.message) console.error(`samed2d: ${error.message}`)
    return error.exitCode
  }
}
