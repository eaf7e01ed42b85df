import { expect, type Page } from '@playwright/test'
import { ENGINE_URLS } from '../../lib/engine/assets'
import { test } from './live-page'

/** What the page's policies forbade, and what went wrong otherwise. */
async function watch(page: Page): Promise<() => Promise<string[]>> {
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => {
    if (/Content.Security.Policy/i.test(message.text())) errors.push(message.text())
  })
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { violations: seen })
    document.addEventListener('securitypolicyviolation', event =>
      seen.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    )
  })
  return async () => [
    ...errors,
    ...(await page.evaluate(() => (window as typeof window & { violations: string[] }).violations)),
  ]
}

test('the page comes alive within its policies', async ({ page }) => {
  const problems = await watch(page)
  await page.goto('/')
  await page.waitForFunction(() =>
    ['cubes', 'rows'].includes(document.documentElement.dataset.state ?? ''),
  )
  expect(await problems()).toEqual([])
})

test('a page that is not there is alive too', async ({ page }) => {
  const problems = await watch(page)
  await page.goto('/no-such-page')
  await page.waitForLoadState('networkidle')
  expect(await problems()).toEqual([])
})

test('workers of our own start, and compile WebAssembly', async ({ page }) => {
  await page.goto('/')
  const exports = await page.evaluate(async url => {
    const script = `fetch(${JSON.stringify(url)})
      .then(response => WebAssembly.compileStreaming(response))
      .then(module => postMessage(WebAssembly.Module.exports(module).length), error => postMessage(String(error)))`
    const worker = new Worker(URL.createObjectURL(new Blob([script])))
    return new Promise(resolve => {
      worker.onmessage = event => resolve(event.data)
      worker.onerror = event => resolve(`no worker: ${event.message}`)
    })
  }, new URL(ENGINE_URLS.duckdbWasm, page.url()).href)
  expect(exports).toBeGreaterThan(10)
  const started = await page.evaluate(url => {
    const worker = new Worker(url)
    return new Promise(resolve => {
      worker.onmessage = event => resolve(event.data.type)
      worker.onerror = event => resolve(`no worker: ${event.message}`)
      worker.postMessage({ messageId: 1, type: 'PING', data: null })
    })
  }, ENGINE_URLS.duckdbWorker)
  expect(started).not.toMatch(/no worker/)
})

test('what an attacker would add does not run', async ({ page }) => {
  const problems = await watch(page)
  await page.goto('/')
  await page.waitForLoadState('networkidle')
  const ran = await page.evaluate(async () => {
    const marks = window as typeof window & Record<string, unknown>
    // As a parser would put it there: by markup.
    document.body.insertAdjacentHTML(
      'beforeend',
      '<img src="x:" onerror="window.byHandler = true">',
    )
    await new Promise(next => setTimeout(next, 300))
    const byFetch = await fetch('https://example.org/').then(
      () => true,
      () => false,
    )
    return [marks.byHandler, byFetch]
  })
  expect(ran).toEqual([undefined, false])
  const blocked = (await problems()).join('\n')
  expect(blocked).toMatch(/script-src-attr inline/)
  expect(blocked).toMatch(/connect-src https:\/\/example.org/)
})
