import { expect, type Locator, type Page } from '@playwright/test'
import { valueName } from '../../components/facets/value-names'
import { named, violations } from './axe'
import { test, visit } from './live-page'
import { cliStats, countsFrom, expectCount, inState } from './page'

/** The row of a value; in a tree, rows of several facets stand together. */
const row = (page: Page, facet: string, value: string) =>
  page
    .getByTestId(`facet-${facet}`)
    .locator(`[data-facet="${facet}"]`)
    .filter({ has: page.getByRole('checkbox', { name: new RegExp(`^${value}:`) }) })

const box = (page: Page, facet: string, value: string) =>
  row(page, facet, value).getByRole('checkbox')

const expectRow = (page: Page, facet: string, value: string, images: number) =>
  expect(row(page, facet, value).locator('[data-value]')).toHaveAttribute(
    'data-value',
    String(images),
  )

const open = (page: Page, value: string) =>
  page.getByRole('button', { name: `Inside ${value}`, exact: true }).click()

const thumb = (page: Page, name: string) => page.getByRole('slider', { name })

/** Loaded anew, where the history or the way in matters. */
async function home(page: Page, query = '') {
  await page.goto(`/${query}`)
  await inState(page, 'rows')
}

/** A pointer on a histogram, by bin. */
async function brush(page: Page, name: string) {
  const area = page.getByTestId(`brush-${name}`)
  await area.scrollIntoViewIfNeeded()
  const bins = Number(await thumb(page, 'Width, from').getAttribute('aria-valuemax')) + 1
  const { x, y, width, height } = (await area.boundingBox()) as NonNullable<
    Awaited<ReturnType<Locator['boundingBox']>>
  >
  return (bin: number) => page.mouse.move(x + ((bin + 0.5) / bins) * width, y + height / 2)
}

const entries = (page: Page) => page.evaluate(() => history.length)

test('a modality opens to its sub-modalities, which count as the command line does', async ({
  live: page,
}) => {
  await visit(page, '/')
  await open(page, 'MR')
  await box(page, 'submodality', 'mr_t1').click()
  await expect(page).toHaveURL(/\?submodality=mr_t1$/)
  const stats = await cliStats('submodality=mr_t1')
  await expectCount(page, 'images', stats.images)
  for (const { value, images } of stats.facets.submodality.filter(one => /^mr_t/.test(one.value)))
    await expectRow(page, 'submodality', value, images)
  await row(page, 'submodality', 'mr_t2').hover()
  await page.getByRole('button', { name: 'Exclude mr_t2', exact: true }).click()
  await box(page, 'submodality', 'mr_t1').click()
  await expect(page).toHaveURL(/\?submodality=!mr_t2$/)
  await expectCount(page, 'images', (await cliStats('submodality=!mr_t2')).images)
})

test('regions open to organs and labels; each level counts as the command line does', async ({
  live: page,
}) => {
  await visit(page, '/')
  await open(page, 'Abdomen')
  await box(page, 'organ', 'Liver').click()
  await open(page, 'Liver')
  await expect(page).toHaveURL(/\?organ=Liver$/)
  const stats = await cliStats('organ=Liver')
  await expectCount(page, 'images', stats.images)
  for (const [facet, value] of [
    ['region', 'Abdomen'],
    ['organ', 'Liver'],
    ['organ', 'Kidney'],
    ['label', 'liver'],
    ['label', 'liver_tumor'],
  ] as const) {
    const count = stats.facets[facet].find(one => one.value === value)
    await expectRow(page, facet, value, count?.images ?? 0)
  }
})

test('what counts 0 hides; what leads to other organs is a heading', async ({ live: page }) => {
  await visit(page, '/?organ=Liver')
  await expectCount(page, 'images', (await cliStats('organ=Liver')).images)
  await expect(box(page, 'region', 'Abdomen')).toHaveCount(1)
  await expect(box(page, 'region', 'Thorax')).toHaveCount(0)
  await expect(page.locator('aside [data-facet] [data-value="0"]')).toHaveCount(0)
  await open(page, 'Thorax')
  await box(page, 'organ', 'Lung').click()
  await expect(page).toHaveURL(/\?organ=Liver,Lung$/)
  await expect(box(page, 'region', 'Thorax')).toHaveCount(1)
})

test('a search finds a label, and the tree is open at what a link names', async ({ page }) => {
  await home(page, '?label=spleen')
  await expect(box(page, 'label', 'spleen')).toBeChecked()
  await page.getByRole('searchbox', { name: 'Search region, organ or label' }).fill('left kidney')
  await box(page, 'label', 'kidney_left').click()
  await expect(page).toHaveURL(/\?label=kidney_left,spleen$/)
  await expectCount(page, 'images', (await cliStats('label=kidney_left,spleen')).images)
})

test('any or all of two labels, in the panel and in the chips', async ({ live: page }) => {
  await visit(page, '/?label=liver,spleen')
  const anyOf = await cliStats('label=liver,spleen')
  await expectCount(page, 'images', anyOf.images)
  await page.getByRole('radio', { name: 'all of them in one image' }).click()
  await expect(page).toHaveURL(/\?label\.all=liver,spleen$/)
  const allOf = await cliStats('label.all=liver,spleen')
  expect(allOf.images).toBeLessThan(anyOf.images)
  await expectCount(page, 'images', allOf.images)
  await expectCount(page, 'masks', allOf.masks)
  await expect(page.getByRole('list', { name: 'Active filter' })).toContainText('Label, all of:')
  await page.getByRole('button', { name: 'Remove Label: liver' }).click()
  await expect(page).toHaveURL(/\?label\.all=spleen$/)
  await page.goBack()
  await expectCount(page, 'images', allOf.images)
})

test('sides, lesions and merged masks', async ({ live: page }) => {
  await visit(page, '/')
  await box(page, 'side', 'side not given').click()
  await box(page, 'lesion', 'Lesions').click()
  await box(page, 'union', 'Individual masks').click()
  const where = 'side=none&lesion=1&union=0'
  await expect(page).toHaveURL(new RegExp(`\\?${where}$`))
  const stats = await cliStats(where)
  await expectCount(page, 'images', stats.images)
  await expectCount(page, 'masks', stats.masks)
})

test('a facet can be sorted by name', async ({ live: page }) => {
  await visit(page, '/')
  const datasets = page.getByTestId('facet-dataset')
  await datasets.getByRole('button', { name: 'Dataset: sorted by count' }).click()
  await datasets.getByRole('button', { name: /Show all/ }).click()
  const names = await datasets
    .getByRole('checkbox')
    .evaluateAll(all => all.map(one => one.getAttribute('aria-label')?.split(':')[0] ?? ''))
  const { compare } = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  expect(names).toEqual([...names].sort(compare))
})

test('a drag over bars is one entry of the history, counted while it lasts', async ({ page }) => {
  await home(page)
  const before = await entries(page)
  const to = await brush(page, 'width')
  await to(7)
  await page.mouse.down()
  await to(8)
  await to(10)
  await expect(page).toHaveURL(/\?width=256\.\.511$/)
  await expectCount(page, 'images', (await cliStats('width=256..511')).images)
  await to(11)
  await expect(page).toHaveURL(/\?width=256\.\.575$/)
  await page.mouse.up()
  const where = 'width=256..575'
  const stats = await cliStats(where)
  await expectCount(page, 'images', stats.images)
  await expectCount(page, 'masks', stats.masks)
  await expect(countsFrom(page, 'cubes')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Remove Width 256–575 px' })).toBeVisible()
  expect(await entries(page)).toBe(before + 1)
  await page.goBack()
  await expect(page).not.toHaveURL(/width/)
  await page.goForward()
  await expectCount(page, 'images', stats.images)
})

test('a click selects a bar, a click on the only one none', async ({ live: page }) => {
  await visit(page, '/')
  await (await brush(page, 'width'))(11)
  await page.mouse.down()
  await page.mouse.up()
  await expect(page).toHaveURL(/\?width=512\.\.575$/)
  const { facets } = await cliStats('width=512..575')
  const images = facets.width.find(one => one.value === '512–575')?.images ?? 0
  await expectCount(page, 'images', images)
  // The rows above have changed, the bar is still under the pointer.
  await page.mouse.down()
  await page.mouse.up()
  await expect(page).not.toHaveURL(/width/)
})

test('the keyboard brushes: a step is a bin, a run of keys one entry', async ({ page }) => {
  await home(page)
  const before = await entries(page)
  const from = thumb(page, 'Mask area, from')
  await from.focus()
  await from.press('ArrowRight')
  await expect(page).toHaveURL(/\?area=0\.00001\.\.|\?area=1e-5\.\./i)
  await from.press('ArrowRight')
  await expect(from).toHaveAttribute('aria-valuenow', '2')
  await expect(from).toBeFocused()
  await expect(from).toHaveAttribute('aria-valuetext', /^0\.001778%–0\.003162%: [\d,]+ masks?$/)
  expect(await entries(page)).toBe(before + 1)
  const where = new URL(page.url()).search.slice(1)
  const stats = await cliStats(where)
  await expectCount(page, 'images', stats.images)
  await expectCount(page, 'masks', stats.masks)
})

test('square images', async ({ live: page }) => {
  await visit(page, '/?aspect=0.9999..1.0000999999999998')
  await expect(page.getByRole('button', { name: 'Remove Aspect square' })).toBeVisible()
  const { images } = await cliStats('aspect=0.9999..1.0000999999999998')
  await expectCount(page, 'images', images)
})

for (const width of [1440, 390])
  test(`at ${width} px the opened panel has no axe violation, and is a finger high`, async ({
    live: page,
  }) => {
    await page.setViewportSize({ width, height: 900 })
    await visit(page, '/?label.all=liver,spleen&width=256..575')
    if (width < 500) await page.getByRole('button', { name: 'Facets' }).click()
    const panel = width < 500 ? page.getByRole('dialog', { name: 'Facets' }) : page.locator('aside')
    await expect(panel.getByRole('radio')).toHaveCount(2)
    const found = await violations(page, width < 500 ? '[role=dialog]' : 'aside')
    expect(named(found)).toEqual([])
    const heights = await panel
      .locator('label:has(input), button, [role=slider], input[type=search]')
      .evaluateAll(all =>
        all
          .filter(one => one.getClientRects().length > 0 && !one.classList.contains('sr-only'))
          .map(one => one.getBoundingClientRect().height),
      )
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(width < 500 ? 36 : 24)
    const overflow = await panel.evaluate(one => one.scrollWidth - one.clientWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })

test('flags are counted as the command line does, and named in chips', async ({ live: page }) => {
  const flagged = (await cliStats('')).facets.flag.filter(one => one.value !== 'none')
  test.skip(flagged.length === 0, 'nothing is flagged in the test manifest')
  const { value, images } = flagged[0] as (typeof flagged)[number]
  await visit(page, `/?flag=${value}`)
  await expectCount(page, 'images', images)
  await expectRow(page, 'flag', valueName('flag', value), images)
  await expect(box(page, 'flag', valueName('flag', value))).toBeChecked()
  await expect(countsFrom(page, 'cubes')).toBeVisible()
  await visit(page, `/?flag=!${value}&modality=MR`)
  const rest = await cliStats(`flag=!${value}&modality=MR`)
  await expectCount(page, 'images', rest.images)
  await expectCount(page, 'masks', rest.masks)
  for (const one of rest.facets.flag)
    await expectRow(page, 'flag', valueName('flag', one.value), one.images)
})
