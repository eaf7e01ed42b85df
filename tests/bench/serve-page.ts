import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium } from '@playwright/test'
import { findChromium } from '../../cli/bootstrap/chromium.mjs'
import { tryPort } from '../../cli/bootstrap/free-port.mjs'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

export interface Served {
  readonly url: string
  readonly browser: Browser
  close(): Promise<void>
}

/** The app on a manifest, answering, and a browser. */
export async function servePage(manifest: string): Promise<Served> {
  const port = await tryPort(0, '127.0.0.1')
  const server = spawn(
    process.execPath,
    ['cli/samed2d.mjs', 'serve', '--manifest', manifest, '--port', String(port)],
    { stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}`
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ARGS })
  const close = async () => {
    await browser.close()
    server.kill('SIGTERM')
  }
  try {
    await answering(url)
    // The first request compiles the server's code: not what a visitor's browser waits for.
    await fetch(url)
  } catch (error) {
    await close()
    throw error
  }
  return { url, browser, close }
}

async function answering(url: string) {
  for (let i = 0; i < 600; i++) {
    if (
      await fetch(url).then(
        response => response.ok,
        () => false,
      )
    )
      return
    await sleep(500)
  }
  throw new Error('the server did not start')
}
