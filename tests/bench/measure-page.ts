import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, type Page } from '@playwright/test'
import { findChromium } from '../../cli/bootstrap/chromium.mjs'
import { tryPort } from '../../cli/bootstrap/free-port.mjs'
import { type Measurement, quantile } from './measurement'
import { rssOfProcesses } from './process-memory'

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run']

/** Milestones of a cold page, facet clicks on both paths until the last chart is painted, memory. */
export async function* measurePage(manifest: string): AsyncGenerator<Measurement> {
  const port = await tryPort(0, '127.0.0.1')
  const server = spawn(
    process.execPath,
    ['cli/samed2d.mjs', 'serve', '--manifest', manifest, '--port', String(port)],
    { stdio: 'ignore' },
  )
  const url = `http://127.0.0.1:${port}`
  const browser = await chromium.launch({ executablePath: await findChromium(), args: ARGS })
  try {
    await answering(url)
    // The first request compiles the server's code: not what a visitor's browser waits for.
    await fetch(url)
    const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } })
    // The compiler names functions through this helper, which the page does not have.
    await page.addInitScript('globalThis.__name = f => f')
    yield* milestones(page, url)
    yield* facetClicks(page, url, 'cube path', '', 100, 50)
    yield* facetClicks(page, url, 'row path', 'width=200..511', 20, 400)
    const rss = Math.max(...rssOfProcesses('--type=renderer'))
    yield { what: 'page: tab memory after all this', value: rss / 1e9, unit: 'GB', budget: 1.5 }
  } finally {
    await browser.close()
    server.kill('SIGTERM')
  }
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

async function* milestones(page: Page, url: string): AsyncGenerator<Measurement> {
  const start = performance.now()
  await page.goto(url, { waitUntil: 'commit' })
  const since = () => (performance.now() - start) / 1000
  const reached = (states: string[]) =>
    page.waitForFunction(
      wanted => wanted.includes(document.documentElement.dataset.state ?? ''),
      states,
      { timeout: 120_000, polling: 20 },
    )
  await page.getByTestId('count-images').waitFor()
  yield { what: 'page: headline numbers painted', value: since(), unit: 's', budget: 0.5 }
  await reached(['cubes', 'rows'])
  yield { what: 'page: facets respond', value: since(), unit: 's', budget: 2.5 }
  await reached(['rows'])
  yield { what: 'page: all rows loaded', value: since(), unit: 's', budget: 8 }
  await page.waitForTimeout(1000)
  const rss = Math.max(...rssOfProcesses('--type=renderer'))
  yield { what: 'page: tab memory, rows loaded', value: rss / 1e9, unit: 'GB', budget: 1.5 }
}

async function* facetClicks(
  page: Page,
  url: string,
  path: string,
  filter: string,
  clicks: number,
  budget: number,
): AsyncGenerator<Measurement> {
  await page.evaluate(search => window.history.pushState(null, '', search), `${url}/?${filter}`)
  await page.waitForTimeout(1500)
  const times = await page.evaluate(async count => {
    const frame = () => new Promise(requestAnimationFrame)
    const busy = () => document.querySelector('main[data-current="false"], [data-drawing]') !== null
    const taken: number[] = []
    // A fixed sequence, so that two runs click the same.
    let seed = 1
    for (let i = 0; i < count; i++) {
      const boxes = document.querySelectorAll<HTMLInputElement>(
        'aside [data-testid^=facet-] input[type=checkbox]',
      )
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      const start = performance.now()
      boxes[seed % boxes.length]?.click()
      // The click renders first; then every chart draws; then a frame shows it.
      do await frame()
      while (busy() || performance.now() - start < 4)
      taken.push(performance.now() - start)
      if (i % 4 === 3) {
        const clear = [...document.querySelectorAll('button')].find(
          one => one.textContent === 'Clear all',
        )
        if (clear && location.search !== '') clear.click()
        while (busy()) await frame()
        await frame()
      }
    }
    return taken
  }, clicks)
  const of = `${path}, ${clicks} facet clicks until painted`
  yield { what: `${of}: p50`, value: quantile(times, 0.5), unit: 'ms' }
  yield { what: `${of}: p95`, value: quantile(times, 0.95), unit: 'ms', budget }
  yield { what: `${of}: max`, value: quantile(times, 1), unit: 'ms' }
}
