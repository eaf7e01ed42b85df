import { expect } from '@playwright/test'
import { isMergedLabel } from '../../lib/taxonomy/label-words'
import { expectUpright, named, violations } from './axe'
import { test, visit } from './live-page'
import { openPage, testManifest } from './page'

const { totals, facets } = testManifest().summary
const largest = [...facets.dataset!].sort((a, b) => b.images - a.images)[0]!

test('without scripts the whole ledger is there, and its address says what is shown', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto('/ledger')
  await expect(page).toHaveTitle('Paper vs release · SA-Med2D Explorer')
  const images = page.locator('#images')
  await expect(images).toContainText('4,596,802')
  await expect(images).toContainText('3,772,180')
  await expect(images).toContainText(totals.images.toLocaleString('en-US'))
  await expect(images).toContainText('−824,622')
  await expect(page.locator('#masks')).toContainText('about 15,800,000')
  const unmerged = facets.label!.filter(row => !isMergedLabel(row.value))
  for (const { value, images: n } of [facets.dataset!, unmerged].flatMap(rows => [
    rows[0]!,
    rows.at(-1)!,
  ]))
    await expect(
      page
        .locator('tr', { has: page.getByRole('rowheader', { name: value, exact: true }) })
        .locator(`[data-value="${n}"]`)
        .first(),
    ).toBeAttached()
  await page.goto('/ledger?only=differences')
  await expect(page.locator('#images')).toBeVisible()
  await expect(page.locator('#cases')).toHaveCount(0)
  await context.close()
})

test('the ledger needs no database', async ({ page }) => {
  const asked: string[] = []
  page.on('request', request => asked.push(new URL(request.url()).pathname))
  await page.goto('/ledger')
  await page.waitForLoadState('networkidle')
  expect(asked.filter(path => /^\/(engine|manifest)\//.test(path))).toEqual([])
})

test('the search and the switch are in the address; Back takes the switch away', async ({
  page,
}) => {
  await page.goto('/ledger')
  await page.waitForLoadState('networkidle')
  await page.getByRole('searchbox').fill(largest.value)
  await expect(page).toHaveURL(`/ledger?find=${encodeURIComponent(largest.value)}`)
  const rows = page.getByTestId('ledger-by-dataset').locator('tbody tr')
  await expect(rows.first()).toContainText(largest.images.toLocaleString('en-US'))
  await page.getByRole('checkbox', { name: 'Only differences' }).click()
  await expect(page).toHaveURL(/only=differences&find=/)
  await expect(page.locator('#cases')).toHaveCount(0)
  await page.reload()
  await expect(page.getByRole('checkbox', { name: 'Only differences' })).toBeChecked()
  await page.goBack()
  await expect(page.getByRole('checkbox', { name: 'Only differences' })).not.toBeChecked()
})

test('numbers of the headline lead to their lines, by mouse and keyboard', async ({
  live: page,
}) => {
  await visit(page, '/')
  await page.locator('a[href="/ledger#masks"]').first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/ledger#masks')
  await expect(page.locator('#masks')).toBeInViewport()
  await visit(page, `/datasets/${encodeURIComponent(largest.value)}`)
  await page.locator('dt a').first().click()
  await expect(page).toHaveURL(/\/ledger#dataset-/)
  const line = page.locator(`[id="dataset-${largest.value.replace(/\s+/g, '_')}"]`)
  await expect(line).toBeInViewport()
  await expect(line).toContainText(largest.images.toLocaleString('en-US'))
})

test('"g l", the header and the search go to the ledger', async ({ live: page }) => {
  await visit(page, '/')
  await page.keyboard.press('g')
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { level: 1, name: 'Paper vs release' })).toBeVisible()
  const link = page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: 'Paper vs release' })
  await expect(link).toHaveAttribute('aria-current', 'page')
  await visit(page, '/')
  await page.keyboard.press('/')
  await page.keyboard.type('paper vs')
  await expect(page.getByRole('option', { selected: true })).toContainText('Paper vs release')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/ledger')
})

for (const width of [1440, 390])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`the ledger at ${width} px, ${colorScheme}: no axe violation, nothing sideways`, async ({
      browser,
      baseURL,
    }) => {
      const page = await openPage(browser, { baseURL, colorScheme, width, height: 844 })
      await page.goto('/ledger')
      await page.waitForLoadState('networkidle')
      expect(named(await violations(page))).toEqual([])
      await expectUpright(page)
      await page.context().close()
    })

test('the ledger downloads as CSV', async ({ page }) => {
  await page.goto('/ledger')
  await page.waitForLoadState('networkidle')
  const waiting = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Download as CSV' }).click()
  const download = await waiting
  expect(download.suggestedFilename()).toBe('sa-med2d-ledger.csv')
  const chunks: Buffer[] = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  expect(text).toContain(
    `\ntotals,images,Images,images,4596802,exact,3772180,exact,${totals.images},`,
  )
})
