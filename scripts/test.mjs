import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers } from './browsers.mjs'
import { ensureChromium } from './chromium.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensureManifest } from './ensure-manifest.mjs'
import { mustRun, NEXT, packageFile, run } from './run.mjs'
import { StepFailed } from './step-failed.mjs'
import {
  BROKEN,
  ONE_PASSED,
  playwrightTotals,
  sumTotals,
  totalsLine,
  vitestTotals,
} from './test-totals.mjs'

/** Share of the full size that unit and browser tests look at. */
const TEST_SCALE = 0.01

/** Projects of Playwright beside Chromium. */
const OTHER_BROWSERS = ['firefox', 'webkit']

/** @typedef {import('./test-totals.mjs').Totals} Totals */

/**
 * @typedef {(reports: string, args: readonly string[]) => Promise<Totals>} Part
 *   Further arguments go to its runner. Types and lint count as one test each.
 */

/** @type {Readonly<Record<string, Part>>} */
const PARTS = {
  '--types': types,
  '--lint': lint,
  '--unit': unit,
  '--e2e': (reports, args) => playwright(reports, ['--project=chromium', ...args]),
  '--browsers': otherBrowsers,
}

/**
 * Run all tests, or one part of them; further arguments go to that part's runner. A part that fails
 * stops no other. The last line printed is the total.
 *
 * @param {readonly string[]} args
 */
export async function test([option, ...rest]) {
  // All browsers at once: they share one server, and leave no processor idle.
  const whole = [types, lint, unit, playwright]
  const named = Object.entries(PARTS).flatMap(([name, part]) => (name === option ? [part] : []))
  const parts = option === undefined ? whole : named
  if (parts.length === 0)
    throw new StepFailed(
      `usage: npm test [-- ${Object.keys(PARTS).join('|')} [ARGS of its runner]]`,
      2,
    )
  const reports = await mkdtemp(join(tmpdir(), 'samed2d-tests-'))
  try {
    const found = []
    for (const part of parts) found.push(await counted(() => part(reports, rest)))
    const total = sumTotals(found)
    console.log(totalsLine(total))
    if (total.failed > 0 || total.passed + total.skipped === 0) throw new StepFailed('')
  } finally {
    await rm(reports, { recursive: true, force: true })
  }
}

/**
 * A step that fails before or beside its tests is one failure.
 *
 * @param {() => Promise<Totals>} part
 * @returns {Promise<Totals>}
 */
async function counted(part) {
  try {
    return await part()
  } catch (error) {
    const interrupted = error instanceof StepFailed && error.exitCode > 128
    if (!(error instanceof StepFailed) || interrupted) throw error
    console.error(`samed2d: ${error.message}`)
    return BROKEN
  }
}

/**
 * @param {string} _reports
 * @param {readonly string[]} args
 */
async function types(_reports, args) {
  // Writes the types of the routes and of imported styles, which tsc needs.
  await mustRun('next typegen', process.execPath, [NEXT, 'typegen'], { output: 'stderr' })
  await mustRun('the type check', process.execPath, [
    packageFile('typescript/bin/tsc'),
    '--noEmit',
    ...args,
  ])
  return ONE_PASSED
}

/**
 * @param {string} _reports
 * @param {readonly string[]} args
 */
async function lint(_reports, args) {
  await mustRun('the linter', process.execPath, [
    packageFile('@biomejs/biome/bin/biome'),
    'check',
    '--error-on-warnings',
    ...(args.length > 0 ? args : ['.']),
  ])
  return ONE_PASSED
}

/**
 * @param {string} reports
 * @param {readonly string[]} args
 */
async function unit(reports, args) {
  await ensureManifest('manifests/test', TEST_SCALE)
  const file = join(reports, 'vitest.json')
  const code = await run(process.execPath, [
    packageFile('vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...args,
  ])
  return totals(code, file, vitestTotals)
}

/**
 * @param {string} reports
 * @param {readonly string[]} args Names of browsers, or none for all; then what is for Playwright.
 */
function otherBrowsers(reports, args) {
  const named = args.filter(name => OTHER_BROWSERS.includes(name))
  const projects = (named.length > 0 ? named : OTHER_BROWSERS).map(name => `--project=${name}`)
  return playwright(reports, [...projects, ...args.slice(named.length)])
}

/**
 * @param {string} reports
 * @param {readonly string[]} args
 */
async function playwright(reports, args) {
  await ensureManifest('manifests/test', TEST_SCALE)
  const CHROMIUM_PATH = await ensureChromium()
  await ensureBrowsers()
  await ensureBuild(console.error)
  const file = join(reports, 'playwright.json')
  const code = await run(
    process.execPath,
    [packageFile('@playwright/test/cli.js'), 'test', '--reporter=list,json', ...args],
    { env: { CHROMIUM_PATH, PLAYWRIGHT_JSON_OUTPUT_FILE: file } },
  )
  return totals(code, file, playwrightTotals)
}

/**
 * A runner's totals; if it failed, or left no report, at least one failure.
 *
 * @template Report
 * @param {number} code Exit code of the runner.
 * @param {string} file Its JSON report.
 * @param {(report: Report) => Totals} read
 */
async function totals(code, file, read) {
  const text = await readFile(file, 'utf8').catch(() => null)
  if (text === null) return BROKEN
  const found = read(JSON.parse(text))
  return code !== 0 && found.failed === 0 ? sumTotals([found, BROKEN]) : found
}
