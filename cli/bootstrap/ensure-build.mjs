import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { preparePublic } from './prepare-public.mjs'
import { ROOT } from './root.mjs'
import { mustRun, NEXT } from './run.mjs'

const SOURCES = [
  'app',
  'pages',
  'components',
  'lib',
  'data',
  'package-lock.json',
  'tsconfig.json',
].concat(['next.config.js', 'postcss.config.mjs', 'proxy.ts'])

/** Written after a build: what is in .next without it is not whole. */
const STAMP = join(ROOT, '.next', 'samed2d-build')

/**
 * Make the production build.
 *
 * @param {readonly string[]} [args] More arguments for `next build`.
 */
export async function build(args = []) {
  await preparePublic()
  const current = await sources()
  await rm(STAMP, { force: true })
  await mustRun('next build', process.execPath, [NEXT, 'build', ...args], {
    env: { NODE_ENV: 'production' },
    output: 'stderr',
  })
  await writeFile(STAMP, current)
}

/**
 * Make the production build, unless there is one of the very same sources.
 *
 * @param {(line: string) => void} log
 */
export async function ensureBuild(log) {
  const stamp = await readFile(STAMP, 'utf8').catch(() => '')
  if (stamp === (await sources())) return preparePublic()
  log('Building the app (once; about a minute)…')
  await build()
}

const sources = () => fingerprint(SOURCES)
