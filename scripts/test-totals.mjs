/** @typedef {{ passed: number, failed: number, skipped: number }} Totals */

/** What counts when a runner left no report, or a step before it failed: one failure. */
export const BROKEN = { passed: 0, failed: 1, skipped: 0 }

/** What a check without tests of its own counts when all is well. */
export const ONE_PASSED = { passed: 1, failed: 0, skipped: 0 }

/**
 * @param {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { status: string, assertionResults: { status: string }[] }[] }} report Vitest's JSON.
 * @returns {Totals} A file that could not even be loaded counts as one failed test.
 */
export function vitestTotals(report) {
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some(test => test.status === 'failed'),
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloaded.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number },
 *   errors: unknown[] }} report Playwright's JSON; `errors` are those outside of tests.
 * @returns {Totals}
 */
export const playwrightTotals = ({ stats, errors }) => ({
  passed: stats.expected + stats.flaky,
  failed: stats.unexpected + errors.length,
  skipped: stats.skipped,
})

/** @param {readonly Totals[]} parts */
export const sumTotals = parts =>
  parts.reduce(
    (sum, part) => ({
      passed: sum.passed + part.passed,
      failed: sum.failed + part.failed,
      skipped: sum.skipped + part.skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )

/** @param {Totals} totals */
export const totalsLine = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`
