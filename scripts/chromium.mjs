import { installUnasked, isProgram, namedBy, onPath } from './programs.mjs'
import { packageFile, run } from './run.mjs'
import { StepFailed } from './step-failed.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const DOWNLOAD_TIMEOUT_MS = 5 * 60_000

/** Path of a Chromium on this machine: CHROMIUM_PATH, the system's own, or the one of Playwright. */
export async function findChromium() {
  return namedBy('CHROMIUM_PATH') ?? onPath(NAMES) ?? playwrightChromium()
}

/** As `findChromium`, but gets one if there is none. */
export async function ensureChromium() {
  const found = await findChromium()
  if (found) return found
  console.error('No Chromium found; downloading one for the browser tests…')
  const playwright = packageFile('@playwright/test/cli.js')
  await run(process.execPath, [playwright, 'install', 'chromium'], {
    timeoutMs: DOWNLOAD_TIMEOUT_MS,
  })
  const downloaded = await findChromium()
  if (downloaded) return downloaded
  await installUnasked(['chromium'])
  const installed = await findChromium()
  if (installed) return installed
  throw new StepFailed(
    'the browser tests need Chromium; install it, or set CHROMIUM_PATH to one, or run npm test -- --unit',
  )
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && isProgram(path) ? path : undefined
}
