import { expect, type Page } from '@playwright/test'
import { test, visit } from './live-page'
import { cliStats, expectCount, testManifest } from './page'

const { summary } = testManifest()
const chart = (page: Page, name: string) => page.getByTestId(`chart-${name}`)

/** Go to a mark with the keyboard, first along its row where marks are cells; its words. */
async function goTo(page: Page, name: string, words: RegExp, column?: RegExp): Promise<string> {
  const list = chart(page, name).getByRole('listbox')
  await list.focus()
  await page.keyboard.press('Control+Home')
  const find = async (key: string, wanted: RegExp) => {
    for (let i = 0; i < 40; i++) {
      const text = (await list.getByRole('option').textContent()) ?? ''
      if (wanted.test(text)) return text
      await page.keyboard.press(key)
    }
    throw new Error(`${name} has no mark ${wanted}`)
  }
  if (column) await find('ArrowRight', column)
  return find('ArrowDown', words)
}

/** The middle of the mark that the keyboard is at. */
async function middle(page: Page, name: string) {
  const box = await chart(page, name).getByTestId('mark-box').boundingBox()
  if (!box) throw new Error(`${name}: no mark has the focus`)
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

async function clickMark(page: Page, name: string, words: RegExp, column?: RegExp) {
  const text = await goTo(page, name, words, column)
  // Away from the bars that stick to the window's edges.
  await chart(page, name).evaluate(box => box.scrollIntoView({ block: 'center' }))
  const { x, y } = await middle(page, name)
  await page.keyboard.press('Escape')
  await page.mouse.click(x, y)
  return text
}

const numberOf = (text: string, noun: string) =>
  Number(new RegExp(`([\\d,]+) ${noun}`).exec(text)?.[1]?.replaceAll(',', ''))

async function expectAsCli(page: Page) {
  const stats = await cliStats(new URL(page.url()).search.slice(1))
  await expectCount(page, 'images', stats.images)
  await expectCount(page, 'masks', stats.masks)
  await expectCount(page, 'files', stats.images + stats.masks)
}

for (const [name, noun, query, words, column] of [
  ['sizes', 'images', /\?width=224\.\.255&height=128\.\.159$/, /128–159:/, /^224–255,/],
  ['areas', 'masks', /\?area=0\.01\.\.0\.017/, /^1%–1\.778%/, undefined],
  ['aspect', 'images', /\?aspect=0\.9999\.\.1\.0000/, /square/, undefined],
  ['masks', 'images', /\?masks=3\.\.3$/, /^3:/, undefined],
] as const)
  test(`${name}: a click selects what the mark counts, another takes it off`, async ({
    live: page,
  }) => {
    await visit(page, '/')
    const text = await clickMark(page, name, words, column)
    await expect(page).toHaveURL(query)
    await expectCount(page, noun, numberOf(text, noun))
    await expectAsCli(page)
    await clickMark(page, name, words, column)
    await expect(page).toHaveURL(/\/$/)
    await expectCount(page, 'images', summary.totals.images)
  })

test('a drag over masks per image is one range and one entry of the history', async ({
  live: page,
}) => {
  await visit(page, '/')
  await goTo(page, 'masks', /^5:/)
  const to = await middle(page, 'masks')
  await goTo(page, 'masks', /^2:/)
  const from = await middle(page, 'masks')
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, from.y, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await page.mouse.up()
  await expect(page).toHaveURL(/\?masks=2\.\.5$/)
  await expectAsCli(page)
  await page.goBack()
  await expect(page).toHaveURL(/\/$/)
})

for (const [name, where] of [
  ['Lesion', 'lesion=1'],
  ['Abdomen', 'region=Abdomen&lesion=0'],
  ['Unassigned', 'region=Unassigned&lesion=0'],
] as const)
  test(`structures by mask: ${name} selects what its bar counts`, async ({ live: page }) => {
    await visit(page, '/?modality=MR')
    const text = await clickMark(page, 'structures', new RegExp(`^${name}:`))
    await expect(page).toHaveURL(`/?modality=MR&${where}`)
    await expectCount(page, 'images', numberOf(text, 'images'))
    await expectCount(page, 'masks', numberOf(text, 'masks'))
    await expectAsCli(page)
    await clickMark(page, 'structures', new RegExp(`^${name}:`))
    await expect(page).toHaveURL('/?modality=MR')
  })

test('structures by dataset: a bar selects the datasets that cover it', async ({ live: page }) => {
  await visit(page, '/')
  const text = await clickMark(page, 'structures-published', /^Pelvic:/)
  await expect(page).toHaveURL(/\?dataset=/)
  await expectCount(page, 'images', numberOf(text, 'images'))
  await expectCount(page, 'masks', numberOf(text, 'masks'))
  await expectAsCli(page)
  await clickMark(page, 'structures-published', /^Pelvic:/)
  await expect(page).toHaveURL(/\/$/)
})

test('datasets: the largest first, all on demand, and their cases', async ({ live: page }) => {
  await visit(page, '/?modality=CT')
  const datasets = chart(page, 'datasets')
  await expect(datasets).toContainText(`40 of ${summary.totals.datasets} datasets`)
  await datasets.getByRole('button', { name: 'Show all' }).click()
  await expect(datasets).not.toContainText('40 of')
  await datasets.getByRole('button', { name: 'Cases', exact: true }).click()
  await expect(datasets).not.toContainText('counting cases')
  await datasets.getByRole('button', { name: 'Table' }).click()
  const row = datasets.getByRole('row').filter({ hasNotText: '—' }).nth(1)
  const [, cases, images, perCase] = await row.locator('th, td').allTextContents()
  const name = (await row.getByRole('rowheader').textContent()) ?? ''
  const stats = await cliStats(`modality=CT&dataset=${name}`)
  expect(cases).toBe(stats.cases.toLocaleString('en-US'))
  expect(images).toBe(stats.images.toLocaleString('en-US'))
  expect(Number(perCase?.replaceAll(',', ''))).toBeCloseTo(stats.images / stats.cases, 0)
})

test('on a phone nothing scrolls sideways', async ({ live: page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await visit(page, '/')
  await expect(chart(page, 'sizes').getByRole('listbox')).toBeVisible()
  const wide = () => document.documentElement.scrollWidth - window.innerWidth
  expect(await page.evaluate(wide)).toBeLessThanOrEqual(0)
})

test('areas by label: a row picks its label, and the rows stay', async ({ live: page }) => {
  await visit(page, '/?modality=CT')
  const strips = chart(page, 'label-areas')
  await strips.scrollIntoViewIfNeeded()
  await expect(strips.locator('.marks')).toBeVisible()
  const list = strips.getByRole('listbox')
  await list.focus()
  await page.keyboard.press('Control+Home')
  const label = (await list.getByRole('option').textContent())!.split(',')[0]!
  const before = await strips.getByRole('listbox').boundingBox()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`label=${encodeURIComponent(label)}`))
  await expect(list.getByRole('option')).toHaveAttribute('aria-selected', 'true')
  expect((await strips.getByRole('listbox').boundingBox())?.height).toBe(before?.height)
  // The row is the label's histogram of areas.
  await strips.getByRole('button', { name: 'Table' }).click()
  const row = strips.getByRole('row').filter({ has: page.getByText(label, { exact: true }) })
  const numbers = (await row.first().getByRole('cell').allTextContents()).map(text =>
    Number(text.replaceAll(',', '')),
  )
  const { masks } = await cliStats(new URL(page.url()).search.slice(1))
  expect(numbers).toContain(masks)
})
