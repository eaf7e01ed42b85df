import { readFile } from 'node:fs/promises'
import { expect, type Page, test } from '@playwright/test'
import { expectFair } from './axe'
import { testManifest } from './page'

const { summary } = testManifest()

const whole = (n: number) => n.toLocaleString('en-US')

// One page for most of it: its database loads once.
let page: Page
test.beforeAll(async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, viewport: { width: 1440, height: 900 } })
  page = await context.newPage()
  await page.goto('/sql')
  await idle()
})
test.afterAll(() => page.context().close())

const idle = (on = page) =>
  expect(on.getByTestId('sql')).toHaveAttribute('data-activity', 'idle', { timeout: 60_000 })
const editor = () => page.getByRole('textbox', { name: 'SQL statement' })
const runButton = () => page.getByRole('button', { name: 'Run', exact: true })
const rows = () => page.getByTestId('sql-rows')
const problem = () => page.getByTestId('sql-problem')

async function write(statement: string) {
  // Where the editor takes the focus only now, it may put its own selection back before the text comes.
  await expect(async () => {
    await editor().fill(statement)
    await expect(editor()).toHaveText(statement, { timeout: 1000 })
  }).toPass()
}

async function run(statement: string) {
  await write(statement)
  await runButton().click()
}

test('counts agree with the headline, by keyboard; the address holds the statement', async () => {
  await write('SELECT count(*) AS n FROM images')
  await editor().press('Control+Enter')
  const cell = page.getByRole('cell', { name: whole(summary.totals.images) })
  await expect(cell).toBeVisible()
  // What is copied has no separators.
  expect(await cell.textContent()).toBe(String(summary.totals.images))
  expect(new URL(page.url()).searchParams.get('q')).toBe('SELECT count(*) AS n FROM images')
})

test('an example answers with rows, a chart and a filter', async () => {
  await page.getByRole('button', { name: 'Images and masks by modality' }).click()
  await runButton().click()
  await expect(rows()).toHaveAttribute('data-value', String(summary.facets.modality!.length))
  await expect(page.getByTestId('chart-answer').locator('canvas')).toBeVisible()
  const link = page.getByRole('link', { name: /Filter by 10 values of modality/ })
  await expect(link).toHaveAttribute('href', /^\/\?modality=/)
})

test('images of an answer become a subset, and too many are said', async () => {
  await run('SELECT image_id, label_id FROM masks WHERE image_id IN (3, 5, 8)')
  const link = page.getByRole('link', { name: 'Subset of 3 images' })
  await expect(link).toHaveAttribute('href', /^\/subset\?pick=3%2C5%2C8&manifest=/)
  await run('SELECT i.image_id + 60000 * r.range AS image_id FROM images i, range(3) r')
  await page.getByRole('button', { name: 'Subset of all images in the result' }).click()
  await expect(page.getByText('More than 100,000 images')).toBeVisible()
})

test('columns are completed', async () => {
  await write('SELECT * FROM named_im')
  await editor().press('Control+Space')
  await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('named_images')
  await editor().press('Escape')
})

test('a wrong statement says what is wrong; the answer before is marked, with nothing to do', async () => {
  await run('SELECT 1 AS one')
  await expect(rows()).toHaveAttribute('data-value', '1')
  await run('SELECT nonsense FROM images')
  await expect(problem()).toContainText('nonsense')
  await expect(page.getByTestId('sql-earlier')).toContainText(
    'Result of the previous statement: 1 row',
  )
  await expect(rows()).toHaveCount(0)
  await expect(page.getByRole('button', { name: /Download/ })).toHaveCount(0)
  await run('SELECT 2 AS two')
  await expect(rows()).toHaveAttribute('data-value', '1')
  await expect(page.getByTestId('sql-earlier')).toHaveCount(0)
})

test('nothing outside can be reached', async () => {
  for (const statement of [
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SELECT * FROM read_parquet('/etc/passwd')",
    "COPY (SELECT 1) TO 'x.csv'",
    'LOAD httpfs',
    "SET memory_limit='100GB'",
  ]) {
    await run(statement)
    await expect(problem(), statement).toBeVisible()
  }
})

test('values that no Date of JavaScript holds are shown, and the page goes on', async () => {
  await run(
    "SELECT timestamp 'infinity' AS a, date '290000-01-01' AS b, time '24:00:00' AS c, [timestamp '-infinity'] AS d, interval 1000 years AS e",
  )
  for (const name of [
    'infinity',
    '290000-01-01',
    '24:00:00',
    '["-infinity"]',
    /cast it to VARCHAR/,
  ])
    await expect(page.getByRole('cell', { name, exact: true })).toBeVisible()
})

test('a statement does not depend on those before it: BEGIN and USE are undone', async () => {
  await run('BEGIN; DROP VIEW named_images')
  await expect(rows()).toBeVisible()
  await run('SELECT count(*) AS n FROM named_images')
  await expect(page.getByRole('cell', { name: whole(summary.totals.images) })).toBeVisible()
  await run('CREATE SCHEMA aside; USE manifest.aside; SELECT 41 + 1 AS n')
  await expect(page.getByRole('cell', { name: '42' })).toBeVisible()
  await run('SELECT current_schema() AS s')
  await expect(page.getByRole('cell', { name: 'main', exact: true })).toBeVisible()
})

test('a statement that runs away is stopped, and the page goes on', async () => {
  await run('SELECT count(*) FROM masks a, masks b, masks c WHERE a.area + b.area + c.area = 7')
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(problem()).toBeVisible()
  await idle()
  await run('SELECT count(*) AS n FROM masks')
  await expect(page.getByRole('cell', { name: whole(summary.totals.masks) })).toBeVisible()
})

test('a statement that kills the database: the tables come back, the text stays', async () => {
  await run("select repeat('x', 3000000000)")
  await expect(problem()).toContainText(/[^.]\. The tables are being reloaded/, { timeout: 30_000 })
  await idle()
  await expect(editor()).toContainText('3000000000')
  await run('SELECT count(*) AS n FROM images')
  await expect(page.getByRole('cell', { name: whole(summary.totals.images) })).toBeVisible()
})

test('a file has all rows, also where the table has not', async () => {
  await run('SELECT a.image_id FROM images a, range(20)')
  await expect(rows()).toHaveAttribute('data-value', '100000')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download all rows (CSV)' }).click(),
  ])
  const text = await readFile(await download.path(), 'utf8')
  expect(text.trimEnd().split('\n').length).toBe(20 * summary.totals.images + 1)
})

test('statements are kept, in this browser, and so is the draft', async () => {
  await write('SELECT 42 AS kept')
  await page.getByLabel('Name for the saved statement').fill('Mine')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.goto('/sql')
  await idle()
  await expect(editor()).toContainText('SELECT 42 AS kept')
  await write('SELECT 1')
  await page.getByRole('button', { name: 'Mine', exact: true }).click()
  await expect(editor()).toContainText('SELECT 42 AS kept')
  await page.getByRole('button', { name: 'Delete Mine' }).click()
  await expect(page.getByRole('button', { name: 'Mine', exact: true })).toHaveCount(0)
})

for (const [width, colorScheme] of [
  [1440, 'light'],
  [390, 'dark'],
] as const)
  test(`no serious axe violation, nothing sideways: ${width} px, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 900 })
    await run('SELECT * FROM named_masks LIMIT 500')
    await expect(rows()).toHaveAttribute('data-value', '500')
    await expectFair(page)
  })
