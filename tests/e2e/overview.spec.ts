import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import { csv } from '../../lib/csv'
import { test, visit } from './live-page'
import {
  cliStats,
  countsFrom,
  expectCount,
  facetValue,
  inState,
  spawnedStats,
  testManifest,
} from './page'

const { summary } = testManifest()

test('the server paints the numbers; the rows follow', async ({ page, request }) => {
  const html = await (await request.get('/')).text()
  expect(html).toContain('data-state="summary"')
  expect(html).toContain(`data-value="${summary.totals.images}"`)
  expect(html).toContain(`data-value="${summary.totals.masks}"`)
  await page.goto('/')
  await inState(page, 'rows')
  await expectCount(page, 'images', summary.totals.images)
  await expectCount(page, 'masks', summary.totals.masks)
  await expect(page.getByTestId('simulated')).toContainText('Demo data: totals match the paper')
})

test('URL, clicks and command line give the same numbers', async ({ page }) => {
  await page.goto('/')
  await inState(page, 'rows')
  await facetValue(page, 'modality', 'CT').click()
  await page.getByRole('button', { name: 'Show all organs' }).click()
  await facetValue(page, 'organ', 'Liver').click()
  await expect(page).toHaveURL(/\?modality=CT&organ=Liver$/)
  const stats = await spawnedStats('modality=CT&organ=Liver')
  for (const name of ['images', 'masks', 'datasets', 'cases'] as const)
    await expectCount(page, name, stats[name])
  for (const facet of ['modality', 'organ'] as const)
    for (const { value, images } of stats.facets[facet].slice(0, 5))
      await expect(facetValue(page, facet, value).locator('[data-value]')).toHaveAttribute(
        'data-value',
        String(images),
      )

  await page.goto('/?organ=Liver&modality=CT')
  await expectCount(page, 'images', stats.images)
  await expectCount(page, 'masks', stats.masks)
  await expect(countsFrom(page, 'cubes')).toBeVisible()
})

test('several values, values left out and typed bounds: page and command line agree', async ({
  live: page,
}) => {
  await visit(page, '/?modality=CT,MR&organ=Liver,Kidney')
  const several = await cliStats('modality=CT,MR&organ=Liver,Kidney')
  await expectCount(page, 'images', several.images)
  await expectCount(page, 'masks', several.masks)
  await visit(page, '/')
  await page.getByTestId('facet-modality').getByRole('button', { name: 'Exclude CT' }).click()
  await expect(page).toHaveURL(/\?modality=!CT$/)
  await expectCount(page, 'images', (await cliStats('modality=!CT')).images)
  const bounds = page.getByTestId('facet-width')
  await bounds.getByPlaceholder('at least').fill('200')
  await bounds.getByPlaceholder('at most').fill('511')
  await bounds.getByPlaceholder('at most').press('Enter')
  await expect(page).toHaveURL(/width=200\.\.511/)
  await expectCount(page, 'masks', (await cliStats('modality=!CT&width=200..511')).masks)
  await page.getByRole('button', { name: 'Remove Modality: not CT' }).click()
  await expectCount(page, 'images', (await cliStats('width=200..511')).images)
})

test('a range inside a bin is counted from the rows, exactly', async ({ page }) => {
  const where = 'width=200..511&area=0.01..0.2'
  const stats = await spawnedStats(where)
  expect(stats.images).toBeGreaterThan(0)
  await page.goto(`/?${where}`)
  await inState(page, 'rows')
  await expectCount(page, 'images', stats.images)
  await expectCount(page, 'masks', stats.masks)
  await expectCount(page, 'cases', stats.cases)
  await expectCount(page, 'patients', stats.patients)
  await expect(countsFrom(page, 'rows')).toBeVisible()
})

test('chips remove values; back and forward restore every state', async ({ live: page }) => {
  await visit(page, '/?axis=z&modality=MR')
  const stats = await cliStats('axis=z&modality=MR')
  await expectCount(page, 'images', stats.images)
  await page.getByRole('button', { name: 'Remove Modality: MR' }).click()
  const onlyZ = await cliStats('axis=z')
  await expectCount(page, 'images', onlyZ.images)
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expectCount(page, 'images', summary.totals.images)
  await page.goBack()
  await expectCount(page, 'images', onlyZ.images)
  await page.goBack()
  await expectCount(page, 'images', stats.images)
  await page.goForward()
  await expectCount(page, 'images', onlyZ.images)
})

test('what a link says wrong is named, the rest applies', async ({ page }) => {
  await page.goto('/?colour=red&dataset=Nowhere&axis=z')
  await expect(page.getByTestId('problems')).toContainText('Unknown facet "colour"')
  await expect(page.getByTestId('problems')).toContainText('no dataset "Nowhere"')
  await expectCount(page, 'images', (await cliStats('axis=z')).images)
})

test('once the rows are there, so are the counts that need them', async ({ page }) => {
  const where = 'modality=CT&organ=Liver&area=0.01..0.2'
  // Within the page: whoever asks from outside comes late anyway.
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.documentElement.dataset.state !== 'rows') return
      const images = document.querySelector<HTMLElement>('[data-testid=count-images]')
      Object.assign(window, {
        seen: [...((window as { seen?: unknown[] }).seen ?? []), images?.dataset.value],
      })
    }).observe(document, { subtree: true, attributeFilter: ['data-state'] })
  })
  await page.goto(`/?${where}`)
  await inState(page, 'rows')
  const seen = await page.evaluate(() => (window as { seen?: unknown[] }).seen)
  expect(seen).toEqual([String((await cliStats(where)).images)])
})

test('a filter that selects nothing says so', async ({ live: page }) => {
  await visit(page, '/?modality=Ultrasound&axis=z')
  await expectCount(page, 'images', 0)
  await expect(page.getByTestId('chart-organs')).toContainText('No images match these filters')
})

test('every chart has its table, and CSV, SVG and PNG files', async ({ live: page }) => {
  await visit(page, '/')
  const charts = [
    'modality',
    'sizes',
    'areas',
    'aspect',
    'masks',
    'structures',
    'structures-published',
    'organs',
    'labels',
    'datasets',
  ]
  for (const name of charts) {
    const chart = page.getByTestId(`chart-${name}`)
    await expect(chart.locator('.marks')).toBeVisible()
    await chart.getByRole('button', { name: 'Table' }).click()
    await expect(chart.getByRole('table')).toBeVisible()
    await chart.getByRole('button', { name: 'Table' }).click()
  }
  const chart = page.getByTestId('chart-modality')
  const save = async (format: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      chart.getByRole('button', { name: `as ${format}` }).click(),
    ])
    return readFile(await file.path())
  }
  const rows = [...summary.facets.modality!].sort((a, b) => b.images - a.images)
  expect((await save('csv')).toString()).toBe(
    csv(
      ['modality', 'images', 'masks', 'images, unfiltered', 'masks, unfiltered'],
      rows.map(row => [row.value, row.images, row.masks, row.images, row.masks]),
    ),
  )
  expect((await save('svg')).toString()).toMatch(/^<svg.*Fundus photography/s)
  expect((await save('png')).subarray(1, 4).toString()).toBe('PNG')
})

test('merged masks are left out where masks are told apart, and come back as a filter', async ({
  live: page,
}) => {
  await visit(page, '/')
  const without = await page.getByTestId('chart-labels').textContent()
  const note = page.getByText('Merged masks are not counted here').first()
  await expect(note).toBeVisible()
  await page
    .getByRole('checkbox', { name: /Include merged masks/ })
    .first()
    .click()
  await expect(page).toHaveURL(/\?union=0,1$/)
  await expect(note).toHaveCount(0)
  await expect(page.getByTestId('chart-labels')).not.toHaveText(without ?? '')
  await expectCount(page, 'masks', summary.totals.masks)
})
