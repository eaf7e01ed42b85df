import { readFile } from 'node:fs/promises'
import { expect, type Page } from '@playwright/test'
import { test, visit } from './live-page'
import { cliStats, expectCount, testManifest } from './page'

const { summary } = testManifest()
const bodyMap = (page: Page) => page.getByTestId('chart-body-map')
const label = (page: Page, organ: string) =>
  bodyMap(page).getByRole('button', { name: new RegExp(`^${organ}:`) })

test('a shape and the keyboard filter by organ, and the selection stays marked', async ({
  live: page,
}) => {
  await visit(page, '/')
  await bodyMap(page).locator('[data-organ="Liver"] path').first().click()
  await expect(page).toHaveURL(/\?organ=Liver$/)
  await expect(label(page, 'Liver')).toHaveAttribute('aria-pressed', 'true')
  await expectCount(page, 'images', (await cliStats('organ=Liver')).images)
  await label(page, 'Skin').focus()
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/\?organ=Liver,Skin$/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\?organ=Liver$/)
  await expect(label(page, 'Skin')).toBeFocused()
})

test('the figure counts what the facets count', async ({ live: page }) => {
  await visit(page, '/?modality=PET')
  const { facets } = await cliStats('modality=PET')
  for (const { value, masks } of facets.organ.slice(0, 5))
    await expect(label(page, value)).toHaveAttribute('data-value', String(masks))
})

test('the figure does not move when a filter comes or leaves', async ({ live: page }) => {
  await visit(page, '/')
  const height = async () => (await bodyMap(page).boundingBox())?.height
  const before = await height()
  await label(page, 'Kidney').click()
  await expect(label(page, 'Kidney')).toHaveAttribute('aria-pressed', 'true')
  expect(await height()).toBe(before)
})

test('labels are a finger high, also on a phone', async ({ live: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await visit(page, '/')
  const rows = bodyMap(page).locator('li button')
  await expect(rows).toHaveCount(31)
  const heights = await rows.evaluateAll(all => all.map(row => row.clientHeight))
  expect(Math.min(...heights)).toBeGreaterThanOrEqual(24)
})

test('the figure can be saved as CSV, SVG and PNG', async ({ live: page }) => {
  await visit(page, '/')
  const save = async (format: string) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      bodyMap(page)
        .getByRole('button', { name: `as ${format}` })
        .click(),
    ])
    return readFile(await file.path())
  }
  const liver = summary.facets.organ?.find(row => row.value === 'Liver')
  const line = `Liver,${liver?.images},${liver?.masks},${liver?.images},${liver?.masks}\n`
  expect((await save('csv')).toString()).toContain(line)
  expect((await save('svg')).toString()).toMatch(/^<svg.*Prostate gland/s)
  expect((await save('png')).subarray(1, 4).toString()).toBe('PNG')
})
