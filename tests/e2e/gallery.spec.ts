import { expect, type Page, test } from '@playwright/test'
import { expectUpright, named, violations } from './axe'
import { cliStats, expectCount, inState } from './page'

// One page for most of it: loading the rows takes the longest.
let page: Page
test.beforeAll(async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
})
test.afterAll(() => page.context().close())

const grid = (on = page) => on.getByTestId('gallery-grid')
const thumb = (index: number, on = page) => on.locator(`[data-testid=thumb][data-index="${index}"]`)
const image = (on = page) => on.getByTestId('image')

/** Go to an address without loading the rows again. */
async function show(address: string) {
  if (page.url() === 'about:blank') await page.goto(address)
  await inState(page, 'rows')
  await page.evaluate(to => window.history.pushState(null, '', to), address)
  await expect(grid()).toHaveAttribute('aria-busy', 'false')
}

const idsOf = (on = page) =>
  on.getByTestId('thumb').evaluateAll(thumbs =>
    thumbs
      .sort((a, b) => Number(a.getAttribute('data-index')) - Number(b.getAttribute('data-index')))
      .slice(0, 12)
      .map(one => Number(one.getAttribute('data-id'))),
  )

test('shows the pictures of the filter, with captions and masks', async () => {
  await page.goto('/gallery?modality=CT')
  await expect(page.getByTestId('gallery-loading')).toBeVisible()
  await inState(page, 'rows')
  const { images } = await cliStats('modality=CT')
  await expectCount(page, 'images', images)
  await expect(grid()).toHaveAttribute('data-total', String(images))
  await expect(thumb(0)).toContainText(/CT · \S+.*x \d+( · \w+\??)? · \d+ masks?/)
  const picture = thumb(0).locator('img')
  await expect
    .poll(() => picture.evaluate(one => (one as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0)
  await expect(picture).toHaveAttribute('src', /masks=all/)
  await page.getByRole('button', { name: 'Masks', exact: true }).click()
  await expect(picture).toHaveAttribute('src', /masks=none/)
  await expect(page).toHaveURL(/overlay=0/)
})

test('keys reach every picture, and Enter opens it', async () => {
  await show('/gallery?modality=CT')
  const total = Number(await grid().getAttribute('data-total'))
  const columns = Number(await grid().getAttribute('aria-colcount'))
  await thumb(0).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(thumb(columns + 1)).toBeFocused()
  await page.keyboard.press('End')
  await expect(thumb(total - 1)).toBeFocused()
  await expect(thumb(total - 1)).toBeInViewport()
  await page.keyboard.press('PageUp')
  await expect(thumb(total - 1)).not.toBeFocused()
  await page.keyboard.press('Home')
  await expect(thumb(0)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(image()).toBeVisible()
  await page.keyboard.press('n')
  await expect(image().getByText(/^2 of /)).toBeVisible()
  await page.keyboard.press('p')
  await page.keyboard.press('Escape')
  await expect(image()).toHaveCount(0)
  await expect(thumb(0)).toBeFocused()
})

test('goes to an image by its number, and the address and the back button remember', async () => {
  await show('/gallery?modality=MR')
  await page.getByTestId('go-to').fill('10,000')
  await page.getByTestId('go-to').press('Enter')
  await expect(thumb(9999)).toBeInViewport()
  await expect(page).toHaveURL(/at=\d+/)
  await page.goBack()
  await expect(thumb(0)).toBeInViewport()
})

test('orders by masks in both directions, and by case with headings', async () => {
  await show('/gallery?modality=CT')
  await page.getByLabel('Order').selectOption('masks')
  await expect(page).toHaveURL(/order=-masks/)
  const masks = async () => {
    await expect(thumb(7)).toContainText('mask')
    const texts = await Promise.all([0, 3, 7].map(at => thumb(at).textContent()))
    return texts.map(text => Number(/(\d+) masks?/.exec(text ?? '')?.[1]))
  }
  await expect(grid()).toHaveAttribute('aria-busy', 'false')
  const most = await masks()
  expect(most).toEqual([...most].sort((a, b) => b - a))
  await page.getByRole('button', { name: 'Largest first' }).click()
  await expect(page).toHaveURL(/order=masks/)
  await expect(grid()).toHaveAttribute('aria-busy', 'false')
  await expect.poll(async () => (await masks())[0]).toBeLessThan(most[0]!)
  await show('/gallery?modality=CT&group=case')
  await expect(page.getByTestId('case-heading').first()).toContainText(/\d+ slices?/)
})

test('a random sample is the same one for whoever opens its link', async ({ browser, baseURL }) => {
  await show('/gallery?organ=Liver')
  const ordered = await idsOf()
  await page.getByLabel('Order').selectOption('shuffle')
  await page.getByRole('button', { name: 'Another sample' }).click()
  await expect(page).toHaveURL(/order=shuffle&seed=\d+/)
  await expect(grid()).toHaveAttribute('aria-busy', 'false')
  await expect(grid()).toHaveAttribute('data-total', /\d+/)
  const ids = await idsOf()
  expect(ids).not.toEqual(ordered)
  const other = await (await browser.newContext({ baseURL })).newPage()
  await other.setViewportSize({ width: 1440, height: 900 })
  await other.goto(page.url())
  await inState(other, 'rows')
  await expect(thumb(11, other)).toHaveAttribute('data-id', /\d+/)
  expect(await idsOf(other)).toEqual(ids)
  await other.context().close()
})

test('an image: masks to switch, slices to step through, back and forward', async () => {
  await show('/gallery?modality=CT&masks=2..')
  await thumb(2).click()
  await expect(page).toHaveURL(/image=\d+/)
  const stage = page.getByTestId('stage')
  const sources = () =>
    stage.locator('img').evaluateAll(all => all.map(one => (one as HTMLImageElement).src))
  await expect.poll(async () => (await sources()).length).toBe(3)
  const labels = page.getByTestId('image-labels').getByRole('checkbox')
  const names = await page.getByTestId('file-names').inputValue()
  expect(names).toMatch(/^images\/\S+\.png\nmasks\/\S+\.png/)
  await page.getByRole('button', { name: 'Contour' }).click()
  await expect.poll(async () => (await sources()).length).toBe(2)
  if ((await labels.count()) > 1) {
    await labels.first().uncheck()
    await expect.poll(async () => (await sources()).at(-1)).not.toContain('masks=all')
  }
  await page.getByRole('button', { name: /all$/ }).click()
  const scale = () => stage.getAttribute('data-scale').then(Number)
  const fitted = await scale()
  await stage.focus()
  await page.keyboard.press('+')
  expect(await scale()).toBeGreaterThan(fitted)
  await page.keyboard.press('1')
  expect(await scale()).toBe(1)
  await stage.dblclick()
  expect(await scale()).toBe(fitted)
  await stage.hover()
  await page.mouse.wheel(0, -300)
  await expect.poll(scale).toBeGreaterThan(fitted)
  await stage.press('0')
  const first = await image().getAttribute('data-id')
  await expect(page.getByTestId('scrubber')).toBeVisible()
  await page.keyboard.press(']')
  await expect(image()).not.toHaveAttribute('data-id', first!)
  await page.keyboard.press('ArrowLeft')
  await expect(image()).toHaveAttribute('data-id', first!)
  // Steps are written to the URL once they pause.
  await expect(page).toHaveURL(new RegExp(`image=${first}$`))
  await page.goBack()
  await expect(image()).toHaveCount(0)
  await page.goForward()
  await expect(image()).toHaveAttribute('data-id', first!)
  const original = page.getByRole('link', { name: 'Download the original PNG' })
  const answer = await page.request.get((await original.getAttribute('href'))!)
  expect(answer.headers()['content-type']).toBe('image/png')
  expect(named(await violations(page))).toEqual([])
  // Closing goes back to where the image was opened: Back then does not open it again.
  await page.keyboard.press('Escape')
  await expect(image()).toHaveCount(0)
  await expect(page).toHaveURL(/gallery\?modality=CT&masks=2\.\.$/)
})

test('pictures turn for display, masks with them, and files stay as they are', async () => {
  await show('/gallery?dataset=AMOS2022&masks=2..')
  await page.getByRole('button', { name: 'Rotate 90° clockwise' }).click()
  await expect(page).toHaveURL(/turn=90/)
  await expect(page.getByTestId('turn-notice')).toContainText('rotated 90° clockwise')
  await expect(thumb(0)).toContainText('turned')
  // Simulated pictures are nobody's: nothing is known of how they lie.
  await page.getByRole('button', { name: 'Upright' }).click()
  await expect(page.getByTestId('turn-notice')).toContainText('simulated')
  expect(named(await violations(page))).toEqual([])
  await thumb(0).click()
  const layers = page.getByTestId('stage').locator('img')
  await expect(layers).toHaveCount(3)
  const boxes = () =>
    layers.evaluateAll(all =>
      all.map(one => {
        const { x, y, width, height } = one.getBoundingClientRect()
        return [x, y, width, height].map(Math.round).join(' ')
      }),
    )
  expect(new Set(await boxes()).size).toBe(1)
  await expect(page.getByTestId('turned')).toContainText('rotated 90° clockwise')
  await page.keyboard.press('r')
  await expect(page.getByTestId('turned')).toContainText('rotated 180°')
  await page.keyboard.press('v')
  await expect(page.getByTestId('turned')).toContainText('mirrored left–right')
  expect(new Set(await boxes()).size).toBe(1)
  await expect(page).toHaveURL(/upright=1&turn=lr/)
  await expect(image()).toContainText(/axis [xyz] \((axial|coronal|sagittal)\)/)
  await expect(page.getByTestId('image-axis')).toContainText(/[xyz] · (axial|coronal|sagittal)/)
  const original = page.getByRole('link', { name: 'Download the original PNG' })
  expect(await original.getAttribute('href')).toMatch(/^\/api\/images\/\d+\/original\.png$/)
  expect(named(await violations(page))).toEqual([])
  await image().getByRole('button', { name: 'As stored' }).click()
  await expect(page.getByTestId('turned')).toHaveText('')
  await page.keyboard.press('Escape')
  await expect(image()).toHaveCount(0)
})

test('says what to drop where nothing is selected', async () => {
  await show('/gallery?modality=Dermoscopy')
  await page.evaluate(() => {
    window.history.pushState(null, '', '/gallery?modality=Dermoscopy&organ=Liver')
  })
  await page.getByRole('button', { name: 'Remove organ Liver' }).click()
  await expect(page).toHaveURL(/gallery\?modality=Dermoscopy$/)
  await expect(thumb(0)).toContainText('Dermoscopy')
})

test('the filter goes along between overview and gallery', async () => {
  await show('/gallery?modality=CT&order=-size')
  await page.getByRole('navigation', { name: 'Pages' }).getByText('Overview').click()
  await expect(page).toHaveURL(/\/\?modality=CT$/)
  const strip = page.getByTestId('sample')
  await strip.scrollIntoViewIfNeeded()
  await expect(strip.getByRole('listitem')).toHaveCount(12)
  const link = await strip.getByRole('listitem').first().getByRole('link').getAttribute('href')
  await page.keyboard.press('g')
  await page.keyboard.press('g')
  await expect(page).toHaveURL(/\/gallery\?modality=CT$/)
  await expect(thumb(0)).toBeVisible()
  await page.getByLabel('Order').selectOption('shuffle')
  await expect(page).toHaveURL(/seed=1/)
  await expect(grid()).toHaveAttribute('aria-busy', 'false')
  await expect(thumb(0)).toHaveAttribute('data-id', /image=(\d+)/.exec(link!)![1]!)
})

test('axe finds nothing in the grid', async () => {
  await show('/gallery?modality=CT&group=case')
  await expect(thumb(0).locator('img')).toBeVisible()
  expect(named(await violations(page))).toEqual([])
})

test('on a phone, a pasted link opens the image, and nothing goes sideways', async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 390, height: 844 } })
  const phone = await context.newPage()
  // No image store: the page says so, and captions stand.
  await phone.route('**/api/images/status', route =>
    route.fulfill({ json: { store: null, version: '0000000000000000' } }),
  )
  await phone.goto('/gallery?modality=CT&image=3')
  await expect(image(phone)).toContainText('slice')
  await inState(phone, 'rows')
  await expect(phone.getByTestId('scrubber')).toBeVisible()
  await expectUpright(phone)
  await phone.getByRole('button', { name: 'Close' }).click()
  await expect(image(phone)).toHaveCount(0)
  await expect(phone.getByTestId('no-store')).toBeVisible()
  await expect(thumb(0, phone)).toContainText('CT')
  await expectUpright(phone)
  expect(named(await violations(phone))).toEqual([])
  await context.close()
})
