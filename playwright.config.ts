import { availableParallelism } from 'node:os'
import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/chromium.mjs'
import { tryPort } from './scripts/free-port.mjs'

// Chosen once: the workers read this file too, and inherit the variable.
process.env.SAMED2D_TEST_PORT ??= String(await tryPort(0, '127.0.0.1'))
const port = process.env.SAMED2D_TEST_PORT
const url = `http://127.0.0.1:${port}`

export default defineConfig({
  projects: [
    // First, for they take long and run on their own: the others fill the time beside and after them.
    { name: 'webkit', testDir: 'tests/browsers', fullyParallel: false, timeout: 300_000 },
    { name: 'firefox', testDir: 'tests/browsers', fullyParallel: false, timeout: 300_000 },
    { name: 'chromium', testDir: 'tests/e2e' },
  ],
  testMatch: '*.spec.ts',
  workers: availableParallelism(),
  fullyParallel: true,
  timeout: 120_000,
  // The tests share the processors with each other.
  expect: { timeout: 30_000 },
  forbidOnly: process.env.CI !== undefined,
  // A machine that stands still for half a minute fails nothing; the list says which test was flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  reporter: 'list',
  use: {
    baseURL: url,
    // A trace costs a fifth of the time; `npm test -- --e2e --trace on NAME` makes one.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findChromium(),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--no-first-run',
        '--host-resolver-rules=MAP plain.test 127.0.0.1',
      ],
    },
  },
  webServer: {
    command: `node cli/samed2d.mjs serve --manifest manifests/test --port ${port} --image-cache manifests/test-pictures --allow-host plain.test`,
    url: `${url}/manifest/manifest.json`,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    timeout: 300_000,
  },
})
