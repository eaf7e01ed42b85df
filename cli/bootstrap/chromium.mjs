import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { packageFile, run } from './run.mjs'
import { StepFailed } from './step-failed.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const DOWNLOAD_TIMEOUT_MS = 5 * 60_000

/** Path of a Chromium on this machine: CHROMIUM_PATH, the system's own, or the one of Playwright. */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH
  if (named) {
    if (!isProgram(named))
      throw new StepFailed(`CHROMIUM_PATH: ${named} is not a program; correct it or unset it`)
    return named
  }
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)]
  const system = NAMES.flatMap(name => folders.map(folder => join(folder, name))).find(isProgram)
  return system ?? playwrightChromium()
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
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['update', '-qq'], { env })
    await run('apt-get', ['install', '-y', '-qq', 'chromium'], { env })
    const installed = await findChromium()
    if (installed) return installed
  }
  throw new StepFailed(
    'the browser tests need Chromium; install it, or set CHROMIUM_PATH to one, or run npm test -- --unit',
  )
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return path && isProgram(path) ? path : undefined
}

/** @param {string} path */
function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
