import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

/** @typedef {import('./test-totals.mjs').Totals} Totals */

/**
 * Parts of the tests, each with its option. Types and lint count as one test each.
 *
 * @type {readonly { option: string, run: (reports: string, args: readonly string[]) => Promise<Totals> }[]}
 */
const PARTS = [
  { option: '--types', run: types },
  { option: '--lint', run: lint },
  { option: '--unit', run: unit },
  { option: '--e2e', run: e2e },
]

/**
 * Run all tests, or one part of them (`--types`, `--lint`, `--unit`, `--e2e`); further arguments go
 * to that part's runner. A part that fails stops no other. The last line printed is the total.
 *
 * @param {readonly string[]} args
 */
export async function test([option, ...rest]) {
  const parts = PARTS.filter(part => option === undefined || part.option === option)
  if (parts.length === 0)
    throw new StepFailed(
      `usage: npm test [-- ${PARTS.map(part => part.option).join('|')} [ARGS of its runner]]`,
      2,
    )
  const reports = await mkdtemp(join(tmpdir(), 'samed2d-tests-'))
  try {
    const found = []
    for (const part of parts) found.push(await counted(() => part.run(reports, rest)))
    const total = sumTotals(found)
    console.log(totalsLine(total))
    if (total.failed > 0 || total.passed === 0) throw new StepFailed('')
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
    ...[packageFile('typescript/bin/tsc'), '--noEmit', ...args],
  ])
  return ONE_PASSED
}

/**
 * @param {string} _reports
 * @param {readonly string[]} args
 */
async function lint(_reports, args) {
  await mustRun('the linter', process.execPath, [
    ...[packageFile('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'],
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
    ...[packageFile('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'],
    ...[`--outputFile.json=${file}`, ...args],
  ])
  return totals(code, file, vitestTotals)
}

/**
 * @param {string} reports
 * @param {readonly string[]} args
 */
async function e2e(reports, args) {
  await ensureManifest('manifests/test', TEST_SCALE)
  const CHROMIUM_PATH = await ensureChromium()
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
