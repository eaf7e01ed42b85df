import { type Browser, chromium } from '@playwright/test'
import { findChromium } from '../../scripts/chromium.mjs'
import { startServer } from './start-server'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

export interface Served {
  readonly url: string
  readonly browser: Browser
  close(): Promise<void>
}

/** The app on a manifest, answering, and a browser. */
export async function servePage(manifest: string): Promise<Served> {
  const { url, stop } = await startServer(['--manifest', manifest])
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ARGS })
  // The first request compiles the server's code: not what a visitor's browser waits for.
  await fetch(url)
  return {
    url,
    browser,
    async close() {
      await browser.close()
      stop()
    },
  }
}
