import { expect, type Page } from '@playwright/test'
import { KNOWN_DATASET_NAMES } from '../../lib/catalog/known-datasets'
import { expectFair, expectUpright, named, violations } from './axe'
import { test, visit } from './live-page'
import { cliStats, expectCount, inState, testManifest } from './page'

const { facets } = testManifest().summary
const largest = (facet: 'dataset' | 'label') =>
  [...facets[facet]!].sort((a, b) => b.images - a.images)[0]!

/** Images behind one value of a table of linked counts. */
const linked = (page: Page, table: string, value: string) =>
  page
    .getByTestId(table)
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name: value, exact: true }) })
    .locator('[data-images]')

for (const [facet, other, folder] of [
  ['dataset', 'label', 'datasets'],
  ['label', 'dataset', 'labels'],
] as const)
  test(`the page of a ${facet} counts as the command line does`, async ({ page, request }) => {
    const { value, images, masks } = largest(facet)
    const path = `/${folder}/${encodeURIComponent(value)}`
    const html = await (await request.get(path)).text()
    expect(html).toContain(`<title>${value} · SA-Med2D Explorer</title>`)
    expect(html).toContain(`data-value="${images}"`)
    expect(html).toContain(`data-value="${masks}"`)
    await page.goto(path)
    await inState(page, 'rows')
    const stats = await cliStats(`${facet}=${encodeURIComponent(value)}`)
    for (const name of ['images', 'masks', 'datasets', 'cases'] as const)
      await expectCount(page, name, stats[name])
    for (const row of stats.facets[other].slice(0, 3))
      await expect(linked(page, `page-${other}s`, row.value)).toHaveAttribute(
        'data-images',
        String(row.images),
      )
    await expect(page.getByTestId('chart-page-modality').locator('.marks')).toBeVisible()
    for (const chart of ['sizes', 'areas'])
      await expect(page.getByTestId(`chart-page-${chart}`).locator('.marks')).toBeVisible()
    await page.getByRole('link', { name: 'Show in overview' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
    await expectCount(page, 'images', stats.images)
    await page.goBack()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(value)
  })

test('the page of a label says what it occurs with, and leads to the images of both', async ({
  page,
}) => {
  const { value } = largest('label')
  await page.goto(`/labels/${encodeURIComponent(value)}`)
  await inState(page, 'rows')
  const first = page.getByTestId('page-partners').getByRole('row').nth(1)
  const partner = await first.getByRole('rowheader').textContent()
  const both = `label.all=${[value, partner!].map(encodeURIComponent).join(',')}`
  const { images } = await cliStats(both)
  expect(images).toBeGreaterThan(0)
  await expect(first.locator('[data-images]')).toHaveAttribute('data-images', String(images))
  await first.getByRole('link').nth(1).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
  await expectCount(page, 'images', images)
})

test('a size on the page of a dataset opens its images in the overview', async ({ page }) => {
  const { value } = largest('dataset')
  await page.goto(`/datasets/${encodeURIComponent(value)}`)
  await inState(page, 'rows')
  const list = page.getByTestId('chart-page-sizes').getByRole('listbox')
  await list.focus()
  await page.keyboard.press('Control+Home')
  const words = async () => (await list.getByRole('option').textContent())!
  // Row by row, to the first cell that is no hole.
  let [row, before] = ['', '']
  for (let now = await words(); now.includes(': 0 images,'); now = await words()) {
    if (now !== before) await page.keyboard.press('ArrowRight')
    else if (now === row) throw new Error('all cells are holes')
    else for (const key of ['ArrowDown', 'Home']) await page.keyboard.press(key)
    if (now === before) row = now
    before = now
  }
  const images = Number(/: ([\d,]+) images/.exec(await words())![1]!.replaceAll(',', ''))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/\?dataset=.*height=.*width=|\/\?dataset=.*width=.*height=/)
  await expectCount(page, 'images', images)
})

test('defects and overlaps of a dataset are named', async ({ page }) => {
  const response = await page.goto('/datasets/ACDC')
  test.skip(response?.status() === 404, 'the test manifest has no ACDC')
  await expect(page.getByTestId('defects')).toContainText('class 0003')
  await expect(page.getByTestId('defects')).toContainText('reported by users')
})

test('a name that is not there gets a 404 that helps', async ({ page }) => {
  const { value } = largest('dataset')
  const response = await page.goto(`/datasets/${encodeURIComponent(`${value}x`)}`)
  expect(response?.status()).toBe(404)
  const box = page.getByTestId('unknown-name')
  await expect(box).toContainText('not in this manifest, and not in our list of known datasets')
  await box.getByRole('link', { name: value, exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(value)

  expect((await page.goto('/labels/no%2Fsuch%3Flabel%25'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('no/such?label%')
  await expect(page).toHaveTitle('no/such?label% is not in this manifest · SA-Med2D Explorer')
})

test('without scripts a 404 names what is near, and what we know of a dataset', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: false })
  const page = await context.newPage()
  const box = page.getByTestId('unknown-name')
  const { value } = largest('dataset')
  await page.goto(`/datasets/${encodeURIComponent(value.toLowerCase())}x`)
  await expect(box.getByRole('link', { name: value, exact: true }).first()).toBeVisible()

  const absent = KNOWN_DATASET_NAMES.find(name => !facets.dataset?.some(row => row.value === name))
  if (absent) {
    expect((await page.goto(`/datasets/${encodeURIComponent(absent)}`))?.status()).toBe(404)
    await expect(box).toContainText('but it is a known source dataset of SA-Med2D-20M')
    await expect(box).toContainText('Target')
  }
  // Nothing is near: the names themselves are shown.
  await page.goto('/labels/qqqqqqqqqq')
  await expect(box.getByRole('link', { name: largest('label').value, exact: true })).toBeVisible()
  await context.close()
})

test('until its scripts run a page has links that work and controls that wait; the focus stays', async ({
  page,
}) => {
  let run = () => {}
  const held = new Promise<void>(resolve => {
    run = resolve
  })
  await page.route('**/_next/static/**/*.js', async route => {
    await held
    await route.continue()
  })
  await page.goto('/subset?add=', { waitUntil: 'commit' })
  const controls = page.locator('button, input, select, textarea')
  await expect(controls.first()).toBeVisible()
  await expect(page.locator(':is(button, input, select, textarea):enabled')).toHaveCount(0)
  const gallery = page.getByRole('link', { name: 'Gallery', exact: true })
  await gallery.focus()
  run()
  await expect(page.getByRole('button', { name: 'Add step' })).toBeEnabled()
  await expect(gallery).toBeFocused()
})

test('over plain http, a link to an unknown name loads nothing again and again', async ({
  browser,
  baseURL,
}) => {
  // Not localhost, so not a secure context: as on a hospital's own server.
  const context = await browser.newContext({ baseURL: baseURL?.replace('127.0.0.1', 'plain.test') })
  const page = await context.newPage()
  let documents = 0
  page.on('request', request => {
    if (request.isNavigationRequest()) documents++
  })
  expect((await page.goto('/datasets/Nowhere'))?.status()).toBe(404)
  await expect(page.getByTestId('unknown-name')).toBeVisible()
  expect(await page.evaluate(() => isSecureContext)).toBe(false)
  await page.getByTestId('unknown-name').getByRole('link', { name: 'overview' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview')
  await page.keyboard.press('/')
  await page.keyboard.type('NoSuchDataset')
  await expect(page.getByRole('option', { selected: true })).toContainText('NoSuchDataset')
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('unknown-name')).toContainText('NoSuchDataset')
  await page.waitForTimeout(1500)
  expect(documents).toBe(1)
  await context.close()
})

test('two keys and a name open the page of a dataset', async ({ live: page }) => {
  const { value, images } = largest('dataset')
  await visit(page, '/')
  await page.keyboard.press('Control+k')
  await page.keyboard.type(value)
  const dialog = page.getByRole('dialog', { name: 'Search' })
  await expect(dialog.getByTestId('dataset-answer')).toContainText(`${value} is in this manifest`)
  await expect(dialog.getByRole('option').first()).toContainText(images.toLocaleString('en-US'))
  const found = await violations(page, '[role=dialog]')
  expect(named(found)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/datasets/${encodeURIComponent(value)}`)
  await expect(dialog).toHaveCount(0)
})

test('the search says what is not there; Escape gives the focus back', async ({ live: page }) => {
  await visit(page, '/')
  const button = page.getByRole('button', { name: 'Search', exact: true })
  await button.click()
  await page.keyboard.type('LiTS17')
  await expect(page.getByTestId('dataset-answer')).toContainText(
    '“LiTS17” is not in this manifest, and not in our list of known datasets',
  )
  expect(await page.getByRole('option').count()).toBeLessThanOrEqual(50)
  await page.keyboard.press('Escape')
  await expect(button).toBeFocused()
})

test('"?" lists the shortcuts, "g o" goes to the overview', async ({ live: page }) => {
  await visit(page, `/labels/${encodeURIComponent(largest('label').value)}`)
  await page.waitForLoadState('networkidle')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toContainText('Go to overview')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.keyboard.press('g')
  await page.keyboard.press('o')
  await expect(page).toHaveURL('/')
})

test('pages and search fit 390 px and have no serious axe violation', async ({ page }) => {
  const forbidden: string[] = []
  page.on('console', message => {
    if (/Content.Security.Policy/i.test(message.text())) forbidden.push(message.text())
  })
  await page.setViewportSize({ width: 390, height: 844 })
  for (const path of [
    `/datasets/${encodeURIComponent(largest('dataset').value)}`,
    `/labels/${encodeURIComponent(largest('label').value)}`,
    '/datasets/Nowhere',
  ]) {
    await page.goto(path)
    await page.waitForLoadState('networkidle')
    await expect(page.getByRole('button', { name: 'Search', exact: true })).toBeVisible()
    await expectUpright(page)
    await page.keyboard.press('/')
    await page.keyboard.type('liver')
    await expect(page.getByRole('combobox')).toHaveValue('liver')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expectFair(page)
  }
  expect(forbidden).toEqual([])
})
