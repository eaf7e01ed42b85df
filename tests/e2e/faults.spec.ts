import { expect } from '@playwright/test'
import { test } from './live-page'
import { cliStats, expectCount, inState, testManifest } from './page'

const { summary, files } = testManifest()

test('no request leaves the page’s own host, and nothing is logged as wrong', async ({
  page,
  baseURL,
}) => {
  const wrong: string[] = []
  page.on('request', request => {
    const url = new URL(request.url())
    if (url.origin !== baseURL && !['blob:', 'data:'].includes(url.protocol)) wrong.push(url.href)
  })
  page.on('console', message => {
    if (['error', 'warning'].includes(message.type())) wrong.push(message.text())
  })
  page.on('pageerror', error => wrong.push(String(error)))
  await page.goto('/?modality=CT')
  await inState(page, 'rows')
  await expect(page.getByTestId('chart-datasets').locator('.marks')).toBeVisible()
  expect(wrong).toEqual([])
})

test('without WebAssembly the published totals stay, and the page says why filters do not', async ({
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'WebAssembly'))
  await page.goto('/')
  await inState(page, 'error')
  await expect(page.getByRole('contentinfo')).toContainText('cannot run WebAssembly')
  await expectCount(page, 'images', summary.totals.images)
})

test('a damaged file is named; loading again recovers and keeps the filter', async ({ page }) => {
  const { file, bytes } = files.cube_images![0]!
  await page.route(`**/${file}`, route => route.fulfill({ body: Buffer.alloc(bytes) }))
  await page.goto('/?modality=CT')
  await inState(page, 'error')
  await expect(page.getByRole('contentinfo')).toContainText(file)
  await page.unroute(`**/${file}`)
  await page.getByRole('button', { name: 'Retry' }).click()
  await expectCount(page, 'images', (await cliStats('modality=CT')).images)
  await inState(page, 'rows')
})

test('a lost connection while loading is a message with a way on', async ({ page }) => {
  await page.route('**/masks-*.parquet', route => route.abort('connectionreset'))
  await page.goto('/')
  await inState(page, 'error')
  await expect(page.getByRole('contentinfo')).toContainText('could not be loaded')
  await page.unroute('**/masks-*.parquet')
  await page.getByRole('button', { name: 'Retry' }).click()
  await inState(page, 'rows')
})

test('a crashed database is a message with a way on', async ({ page }) => {
  // The worker's script as always, plus a way to crash it from outside.
  await page.route('**/engine/duckdb-browser-eh-*.worker.js', async route => {
    const response = await route.fetch()
    const crash = `;new BroadcastChannel('crash').onmessage = () => { throw new Error('crashed for the test') }`
    await route.fulfill({ response, body: (await response.text()) + crash })
  })
  await page.goto('/?axis=z')
  await inState(page, 'rows')
  await page.evaluate(() => new BroadcastChannel('crash').postMessage(''))
  await inState(page, 'error')
  await expect(page.getByRole('contentinfo')).toContainText('The database stopped')
  await page.unroute('**/engine/duckdb-browser-eh-*.worker.js')
  await page.getByRole('button', { name: 'Retry' }).click()
  await inState(page, 'rows')
  await expectCount(page, 'images', (await cliStats('axis=z')).images)
})

test('an address that is no page helps on', async ({ page }) => {
  const response = await page.goto('/nowhere')
  expect(response?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible()
})
