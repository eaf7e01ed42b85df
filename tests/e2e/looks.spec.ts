import { expect } from '@playwright/test'
import { expectUpright, named, violations } from './axe'
import { test, visit } from './live-page'
import { expectCount, facetValue, inState, openPage } from './page'

for (const width of [1440, 390])
  for (const colorScheme of ['light', 'dark'] as const)
    test(`at ${width} px, ${colorScheme}: no axe violation, nothing sideways`, async ({
      browser,
      baseURL,
    }) => {
      const page = await openPage(browser, { baseURL, colorScheme, width })
      await page.goto('/?modality=CT')
      await inState(page, 'rows')
      await expect(page.getByTestId('chart-datasets').locator('.marks')).toBeVisible()
      const found = await violations(page)
      expect(named(found)).toEqual([])
      await expectUpright(page)
      await page.context().close()
    })

test('on a phone all pages are in sight', async ({ live: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await visit(page, '/')
  const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
  for (const link of await links.all()) await expect(link).toBeInViewport({ ratio: 1 })
  await links.last().click()
  await expect(page).toHaveURL('/sql')
})

test('on a phone the facets open as a sheet', async ({ live: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await visit(page, '/')
  await page.getByRole('button', { name: 'Facets' }).click()
  const sheet = page.getByRole('dialog', { name: 'Facets' })
  await facetValue(page, 'axis', '2D .no axis.').filter({ visible: true }).click()
  await sheet.getByRole('button', { name: 'Close' }).click()
  await expect(page).toHaveURL(/axis=2d/)
})

test('the keyboard reaches and ticks a facet', async ({ live: page }) => {
  await visit(page, '/')
  await page.getByTestId('facet-axis').getByRole('checkbox').first().focus()
  await page.keyboard.press('Space')
  await expect(page).toHaveURL(/axis=/)
  await expect(page.getByTestId('facet-axis').getByRole('checkbox').first()).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page).not.toHaveURL(/axis=/)
})

test('the theme can be switched, and stays', async ({ page }) => {
  await page.goto('/')
  await inState(page, 'rows')
  await page.getByRole('button', { name: 'Dark theme' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expectCount(
    page,
    'images',
    Number(await page.getByTestId('count-images').getAttribute('data-value')),
  )
})
