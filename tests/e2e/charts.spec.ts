import { expect, type Locator, type Page } from '@playwright/test'
import { formatCount } from '../../lib/format'
import { expectUpright, named, violations } from './axe'
import { test, visit } from './live-page'
import { cliStats } from './page'

const chart = (page: Page, name: string) => page.getByTestId(`chart-${name}`)
const tooltip = (page: Page) => page.getByRole('tooltip')
const marks = (page: Page, name: string) => chart(page, name).getByRole('listbox')
const current = (page: Page, name: string) => chart(page, name).getByRole('option')

/** A row of the tooltip as text: its title and its number. */
const line = (page: Page, title: string) =>
  tooltip(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name: title, exact: true }) })
    .getByRole('cell')

const drawn = async (where: Locator) => {
  await where.scrollIntoViewIfNeeded()
  await expect(where.locator('.marks')).toBeVisible()
  await expect(where.locator('[data-drawing], [data-waiting]')).toHaveCount(0)
}

/** Where the keyboard is: the middle of the box around its mark. */
async function markAt(page: Page, name: string) {
  const box = await chart(page, name).getByTestId('mark-box').boundingBox()
  if (!box) throw new Error('no mark has the focus')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

test('a bar under the pointer says its images, masks and cases, as the command line does', async ({
  live: page,
}) => {
  await visit(page, '/?axis=z')
  await drawn(chart(page, 'modality'))
  const stats = await cliStats('axis=z&modality=CT')
  // The bar of CT is known from where the keyboard finds it.
  await marks(page, 'modality').focus()
  await page.keyboard.press('Home')
  await expect(current(page, 'modality')).toContainText('CT:')
  const { x, y } = await markAt(page, 'modality')
  await page.keyboard.press('Escape')
  await expect(tooltip(page)).toHaveCount(0)
  await page.mouse.move(x, y)
  await expect(line(page, 'images')).toHaveText(formatCount(stats.images))
  await expect(line(page, 'masks')).toHaveText(formatCount(stats.masks))
  await expect(line(page, 'cases')).toHaveText(formatCount(stats.cases))
  await page.mouse.move(x, 5)
  await expect(tooltip(page)).toHaveCount(0)
})

test('a label facet counts the cases of its own masks, under the other facets', async ({
  live: page,
}) => {
  await visit(page, '/?modality=CT&lesion=1')
  await drawn(chart(page, 'organs'))
  await marks(page, 'organs').focus()
  const text = (await current(page, 'organs').textContent()) ?? ''
  const organ = text.slice(0, text.indexOf(':'))
  const stats = await cliStats(`modality=CT&lesion=1&organ=${encodeURIComponent(organ)}`)
  expect(stats.cases).toBeGreaterThan(0)
  expect(text).toContain(`${formatCount(stats.images)} images`)
  await expect(line(page, 'cases')).toHaveText(formatCount(stats.cases))
  const bodyMap = page.getByTestId('chart-body-map')
  await bodyMap.getByRole('button', { name: new RegExp(`^${organ}:`) }).focus()
  await expect(bodyMap).toContainText(`cases: ${formatCount(stats.cases)}`)
})

test('the keyboard picks a bar, and stays there', async ({ live: page }) => {
  await visit(page, '/')
  await drawn(chart(page, 'modality'))
  await marks(page, 'modality').focus()
  await page.keyboard.press('ArrowDown')
  await expect(current(page, 'modality')).toHaveAttribute('aria-selected', 'false')
  const name = ((await current(page, 'modality').textContent()) ?? '').split(':')[0]!
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`\\?modality=${name}$`))
  await expect(current(page, 'modality')).toHaveAttribute('aria-selected', 'true')
  await expect(marks(page, 'modality')).toBeFocused()
  await page.keyboard.press('Space')
  await expect(page).not.toHaveURL(/modality/)
  await page.keyboard.press('Escape')
  await expect(marks(page, 'modality')).not.toBeFocused()
  await expect(current(page, 'modality')).toHaveCount(0)
})

test('the keyboard picks a cell of the matrix', async ({ live: page }) => {
  await visit(page, '/')
  await drawn(chart(page, 'coverage'))
  await marks(page, 'coverage').focus()
  const text = async () => (await current(page, 'coverage').textContent()) ?? ''
  const first = await text()
  await page.keyboard.press('ArrowRight')
  const right = await text()
  expect(right.split(',')[0]).toBe(first.split(',')[0])
  expect(right).not.toBe(first)
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowDown')
  const below = await text()
  expect(below.split(',')[0]).not.toBe(first.split(',')[0])
  await page.keyboard.press('ArrowUp')
  expect(await text()).toBe(first)
  const [, organ, modality] = /^(.+), modality (.+?): /.exec(first) ?? []
  await page.keyboard.press('Enter')
  await expect
    .poll(() => Object.fromEntries(new URL(page.url()).searchParams))
    .toEqual({ organ, modality })
  await expect(current(page, 'coverage')).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('ArrowRight')
  await expect(current(page, 'coverage')).toHaveAttribute('aria-selected', 'false')
})

test('a click picks what it is on', async ({ live: page }) => {
  await visit(page, '/')
  await drawn(chart(page, 'organs'))
  await marks(page, 'organs').focus()
  await page.keyboard.press('Home')
  const { x, y } = await markAt(page, 'organs')
  const name = ((await current(page, 'organs').textContent()) ?? '').split(':')[0]!
  await page.mouse.click(x, y)
  await expect(page).toHaveURL(
    new RegExp(`organ=${encodeURIComponent(name).replace(/%20/g, '\\+')}$`),
  )
})

test('a drag across bins picks them, in one step back', async ({ live: page }) => {
  await visit(page, '/')
  await drawn(chart(page, 'masks'))
  await marks(page, 'masks').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  const from = await markAt(page, 'masks')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const to = await markAt(page, 'masks')
  await page.keyboard.press('Escape')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 3 })
  await page.mouse.move(to.x, to.y, { steps: 3 })
  await expect(chart(page, 'masks').getByTestId('mark-box')).toBeVisible()
  await page.mouse.up()
  await expect(chart(page, 'masks').getByTestId('mark-box')).toHaveCount(0)
  await expect(page).toHaveURL(/masks=1\.\.3$/)
  await page.goBack()
  await expect(page).not.toHaveURL(/masks=/)
})

test('out of sight a chart waits, and is up to date once scrolled to', async ({ live: page }) => {
  await visit(page, '/')
  await drawn(chart(page, 'datasets'))
  await page.evaluate(() => window.scrollTo(0, 0))
  await page.getByTestId('facet-axis').getByRole('checkbox').first().click()
  await expect(page).toHaveURL(/axis=/)
  await drawn(chart(page, 'datasets'))
  await marks(page, 'datasets').focus()
  const text = (await current(page, 'datasets').textContent()) ?? ''
  const axis = new URL(page.url()).searchParams.get('axis')
  const { images } = await cliStats(`axis=${axis}&dataset=${text.split(':')[0]}`)
  expect(text).toContain(`${formatCount(images)} images`)
})

test('with a mark in focus: no axe violation, the tooltip is inside the window', async ({
  live: page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await visit(page, '/')
  await drawn(chart(page, 'modality'))
  await marks(page, 'modality').focus()
  await expect(line(page, 'cases')).toHaveText(/\d/)
  const found = await violations(page)
  expect(named(found)).toEqual([])
  const box = await tooltip(page).boundingBox()
  expect(box!.x).toBeGreaterThanOrEqual(0)
  expect(box!.x + box!.width).toBeLessThanOrEqual(390)
  await expectUpright(page)
})
