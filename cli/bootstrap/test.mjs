import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './chromium.mjs'
import { ensureBuild } from './ensure-build.mjs'
import { ensureManifest } from './ensure-manifest.mjs'
import { packageFile, run } from './run.mjs'
import { StepFailed } from './step-failed.mjs'
import { BROKEN, playwrightTotals, sumTotals, totalsLine, vitestTotals } from './test-totals.mjs'

/** Share of the full size that the browser tests look at. */
const TEST_SCALE = 0.01

/** @typedef {import('./test-totals.mjs').Totals} Totals */

/**
 * Run the unit tests (`--unit`), the browser tests (`--e2e`), or both; further arguments go to the
 * one runner. The last line printed is the total.
 *
 * @param {readonly string[]} args
 */
export async function test(args) {
  const [half, rest] = args[0]?.startsWith('-') ? [args[0], args.slice(1)] : ['', args]
  if (!['', '--unit', '--e2e'].includes(half) || (half === '' && rest.length > 0))
    throw new StepFailed('usage: npm test [-- --unit|--e2e [ARGS of Vitest or Playwright]]', 2)
  const reports = await mkdtemp(join(tmpdir(), 'samed2d-tests-'))
  try {
    const parts = []
    // Both halves read it.
    await ensureManifest('manifests/test', TEST_SCALE)
    if (half !== '--e2e') parts.push(await counted(() => unit(reports, rest)))
    if (half !== '--unit') parts.push(await counted(() => e2e(reports, rest)))
    const total = sumTotals(parts)
    console.log(totalsLine(total))
    if (total.failed > 0 || total.passed === 0) throw new StepFailed('')
  } finally {
    await rm(reports, { recursive: true, force: true })
  }
}

/**
 * A step that fails before or beside its tests is one failure; the other half still runs.
 *
 * @param {() => Promise<Totals>} half
 * @returns {Promise<Totals>}
 */
async function counted(half) {
  try {
    return await half()
  } catch (error) {
    const interrupted = error instanceof StepFailed && error.exitCode > 128
    if (!(error instanceof StepFailed) || interrupted) throw error
    console.error(`samed2d: ${error.message}`)
    return BROKEN
  }
}

/**
 * @param {string} reports
 * @param {readonly string[]} args
 */
async function unit(reports, args) {
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
