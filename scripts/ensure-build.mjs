import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { bundleFirst } from './bundle-first.mjs'
import { fingerprint } from './fingerprint.mjs'
import { prepareEngine } from './prepare-engine.mjs'
import { ROOT } from './root.mjs'
import { mustRun, NEXT } from './run.mjs'

const SOURCES = ['app', 'components', 'lib', 'data', 'package-lock.json', 'tsconfig.json'].concat([
  'next.config.js',
  'postcss.config.mjs',
  'scripts/bundle-first.mjs',
])

/** Written after a build: what is in `out/` without it is not whole. */
const STAMP = join(ROOT, 'dist', 'app-build')

/**
 * Make the production build.
 *
 * @param {readonly string[]} [args] More arguments for `next build`.
 */
export async function build(args = []) {
  await prepareEngine()
  const current = await sources()
  await rm(STAMP, { force: true })
  await mustRun('next build', process.execPath, [NEXT, 'build', ...args], {
    env: { NODE_ENV: 'production' },
    output: 'onFailure',
  })
  await bundleFirst(join(ROOT, 'dist', 'render-first.mjs'))
  await writeFile(STAMP, current)
}

/**
 * Make the production build, unless there is one of the very same sources.
 *
 * @param {(line: string) => void} log
 */
export async function ensureBuild(log) {
  const stamp = await readFile(STAMP, 'utf8').catch(() => '')
  if (stamp === (await sources())) return prepareEngine()
  log('Building the app (once; about a minute)…')
  await build()
}

const sources = () => fingerprint(SOURCES)
