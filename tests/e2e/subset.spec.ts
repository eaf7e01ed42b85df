import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Page, test } from '@playwright/test'
import { expectFair } from './axe'
import { cliStats, openPage, testManifest } from './page'

const count = (page: Page, name: string) => page.getByTestId(`subset-${name}`)
const run = promisify(execFile)

test('counts are those of the filter, and the link from a filtered page begins with it', async ({
  page,
}) => {
  await page.goto('/?modality=PET')
  await page
    .getByRole('navigation', { name: 'Pages' })
    .getByRole('link', { name: 'Subset' })
    .click()
  await expect(page).toHaveURL(/\/subset\?add=modality%3DPET/)
  const { images, masks, cases } = await cliStats('modality=PET')
  await expect(count(page, 'images')).toHaveAttribute('data-value', String(images))
  await expect(count(page, 'masks')).toHaveAttribute('data-value', String(masks))
  await expect(count(page, 'cases')).toHaveAttribute('data-value', String(cases))
})

test('the headline leads to a subset of its filter', async ({ page }) => {
  await page.goto('/gallery?modality=PET&axis=z')
  await page.getByTestId('to-subset').click()
  await expect(page).toHaveURL(/\/subset\?add=modality%3DPET%26axis%3Dz/)
})

test('steps, sample and split are in the address; back undoes a step', async ({ page }) => {
  await page.goto('/subset?add=modality%3DPET')
  await page.getByRole('button', { name: 'Add step' }).click()
  await page.getByLabel('Filter of step 2').fill('axis=2d')
  await page.getByLabel('Filter of step 2').press('Enter')
  await expect(page).toHaveURL(/subtract=axis%3D2d/)
  await page.getByLabel('Limit').fill('5')
  await page.getByLabel('train, val and test').check()
  await expect(page).toHaveURL(/sample=all%3A5.*split=/)
  await expect(count(page, 'images')).toHaveAttribute('data-value', '5')
  await expect(page.getByTestId('leakage')).toHaveAttribute('data-cases', '0')
  for (const side of ['train', 'val', 'test']) {
    await expect(page.getByRole('link', { name: `image2label, ${side}` })).toHaveAttribute(
      'href',
      new RegExp(`^/api/subset/image2label\\?.*&only=${side}$`),
    )
    await expect(page.getByText(`--only ${side} --out image2label_${side}.json`)).toBeVisible()
  }
  await page.goBack()
  await expect(page.getByTestId('leakage')).toHaveCount(0)
})

test('a limit per label holds, and the summary lists how many images each label has', async ({
  page,
}) => {
  await page.goto('/subset?add=modality%3DCT')
  await page.getByLabel('Limit').fill('5')
  await page.getByRole('combobox', { name: /^images per/ }).selectOption('label')
  await expect(page).toHaveURL(/v=2&sample=label%3A5/)
  await expect(page.getByTestId('sampled')).toContainText('at most 5: ')
  await page.locator('summary').filter({ hasText: 'Images per label' }).click()
  const table = page.getByRole('region', { name: 'Images per label' })
  const counts = await table.locator('tbody td:nth-child(2)').allTextContents()
  expect(counts.length).toBeGreaterThan(20)
  expect(Math.max(...counts.map(Number))).toBe(5)
  await page.getByLabel('Rule for images with several labels').selectOption('floor')
  await expect(page.getByTestId('sampled')).toContainText('at least 5: ')
  await page.getByRole('combobox', { name: /^Slices/ }).selectOption('every')
  await expect(page).toHaveURL(/every=4&at-least=label%3A5/)
  await expectFair(page)
})

test('a split is by share or by images, and says what was reached', async ({ page }) => {
  await page.goto('/subset?add=modality%3DPET&v=2&split=0.5,0.25,0.25')
  const images = (await cliStats('modality=PET')).images
  await expect(count(page, 'images')).toHaveAttribute('data-value', String(images))
  await page.getByRole('radio', { name: 'images' }).check()
  await expect(page).toHaveURL(/split=\d+%2C\d+%2Crest/)
  await page.getByLabel('train images').fill('30')
  await page.getByLabel('val images').fill('10')
  await page.getByLabel('test images').fill('5')
  await expect(page).toHaveURL(/split=30%2C10%2C5/)
  await expect(page.getByText(/Left out, in no split: [\d,]+ images?\./)).toBeVisible()
  await expect(page.getByTestId('split-train')).toContainText('30')
  await page.reload()
  await expect(page.getByRole('radio', { name: 'images' })).toBeChecked()
  await expect(page.getByLabel('val images')).toHaveValue('10')
  await page.getByRole('radio', { name: 'share' }).check()
  await expect(page.getByLabel('train %')).toBeVisible()
})

test('commands and Python are of the form that is chosen, SQL is of the filter', async ({
  page,
}) => {
  await page.goto('/subset?add=modality%3DPET&name=my%20pets')
  const code = (title: string) => page.getByRole('region', { name: title }).locator('pre')
  await expect(code('SQL')).toContainText('FROM images WHERE ((submodality_id IN (')
  await page.getByLabel('Commands and Python for').selectOption('csv')
  await expect(code('Command line')).toContainText(
    "--name 'my pets' --where modality=PET --format csv --out subset.csv",
  )
  await expect(code('Python')).toContainText('csv.DictReader')
  await page.getByLabel('Limit').fill('5')
  await expect(code('SQL')).toContainText("read_parquet('subset.parquet')")
})

test('page and command line write the same bytes', async ({ page, request }) => {
  const where = 'modality=PET'
  for (const [format, ending] of [
    ['image2label', 'json'],
    ['csv', 'csv'],
    ['parquet', 'parquet'],
  ] as const) {
    const answer = await request.get(`/api/subset/${format}?add=${encodeURIComponent(where)}`)
    expect(answer.status()).toBe(200)
    expect(answer.headers()['content-disposition']).toContain(`subset.${format}.${ending}`)
    const out = join(tmpdir(), `samed2d-e2e-${process.pid}.${ending}`)
    await run(process.execPath, [
      'cli/samed2d.mjs',
      'subset',
      '--manifest',
      'manifests/test',
      '--where',
      where,
      '--format',
      format,
      '--out',
      out,
    ])
    expect((await answer.body()).equals(await readFile(out)), format).toBe(true)
    for (const path of [out, `${out}.subset.json`, `${out}.credits.md`]) await rm(path)
  }
  await page.close()
})

test('the page shows the credits that the command line writes', async ({ page }) => {
  const out = join(tmpdir(), `samed2d-e2e-credits-${process.pid}.csv`)
  await run(process.execPath, [
    'cli/samed2d.mjs',
    'subset',
    '--manifest',
    'manifests/test',
    '--where',
    'modality=PET',
    '--format',
    'csv',
    '--out',
    out,
  ])
  const written = await readFile(`${out}.credits.md`, 'utf8')
  expect(written).toContain('@misc{samed2d_explorer,')
  await page.goto('/subset?add=modality%3DPET')
  await page.getByTestId('credits').getByText('Licences, known issues and citations').click()
  await expect(page.getByTestId('credits').locator('pre')).toHaveText(written.trimEnd())
  await expectFair(page)
  for (const path of [out, `${out}.subset.json`, `${out}.credits.md`]) await rm(path)
})

test('what is not understood is said, and nothing else is answered', async ({ page, request }) => {
  await page.goto('/subset?add=modality%3DNonsense')
  await expect(page.getByRole('alert').filter({ hasText: 'Nonsense' })).toBeVisible()
  for (const [path, status] of [
    ['count?add=nonsense%3D1', 400],
    ['count?', 400],
    ['csv?add=&sample=shoe:1', 400],
    ['csv?add=&onyl=train', 400],
    ['exe?add=', 404],
    ['..%2f..%2fpackage.json?add=', 404],
  ] as const)
    expect((await request.get(`/api/subset/${path}`)).status(), path).toBe(status)
})

test('a subset file goes out and comes in; another manifest is said', async ({ page }) => {
  await page.goto('/subset?add=modality%3DPET&name=pets')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save subset file' }).click(),
  ])
  const recipe = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(recipe.manifest).toBe(testManifest().id)
  const file = (content: object) => ({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(content)),
  })
  const input = page.locator('input[type=file]')
  await page.goto('/subset?add=')
  await expect(input).toBeEnabled()
  await input.setInputFiles(file({ ...recipe, manifest: 'f'.repeat(64) }))
  await expect(page.getByLabel('name', { exact: true })).toHaveValue('pets')
  await expect(page.getByText('made with another manifest')).toBeVisible()
  await input.setInputFiles(file({ format: 'else' }))
  await expect(page.getByRole('alert').filter({ hasText: 'x.json' })).toBeVisible()
})

test('images picked in the gallery stay picked, and become a step', async ({ page }) => {
  await page.goto('/gallery?modality=PET')
  const thumb = page.getByTestId('thumb')
  await thumb.nth(1).focus()
  await page.keyboard.press('x')
  await thumb.nth(0).hover()
  await page
    .getByRole('checkbox', { name: /^Pick / })
    .first()
    .check()
  await expect(page.getByTestId('picked')).toHaveAttribute('data-value', '2')
  await page.reload()
  await expect(page.getByTestId('picked')).toHaveAttribute('data-value', '2')
  await thumb.nth(2).press('Enter')
  await page.getByTestId('image').getByRole('button', { name: 'Pick' }).click()
  await expect(page.getByTestId('image').getByRole('button', { name: 'Picked' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Add to subset' }).click()
  await expect(page).toHaveURL(/\/subset\?pick=\d+%2C\d+%2C\d+&manifest=[0-9a-f]{16}$/)
  await expect(count(page, 'images')).toHaveAttribute('data-value', '3')
  await page.reload()
  await expect(count(page, 'images')).toHaveAttribute('data-value', '3')
  await page.getByRole('button', { name: 'Remove 3 picked images' }).click()
  await expect(count(page, 'images')).toHaveAttribute('data-value', '0')
})

test('what no address holds is kept in the browser, whole, and says so', async ({ page }) => {
  await page.goto('/subset?add=')
  // Squares modulo a prime: without a pattern, so that nothing packs them.
  const some = [...new Set(Array.from({ length: 12_000 }, (_, i) => (i * i) % 45_007))]
  const file = { format: 'samed2d-subset', version: 1, name: 'many' }
  await expect(page.locator('input[type=file]')).toBeEnabled()
  await page.locator('input[type=file]').setInputFiles({
    name: 'x.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify({ ...file, steps: [{ op: 'pick', images: some }] })),
  })
  await expect(page).toHaveURL(/\/subset\?kept=[0-9a-f]{8}$/)
  await expect(
    page.getByText('too long for a URL, so it is stored in this browser only'),
  ).toBeVisible()
  await expect(count(page, 'images')).toHaveAttribute('data-value', String(some.length))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'image2label' }).click(),
  ])
  const pairs = JSON.parse(await readFile(await download.path(), 'utf8'))
  expect(Object.keys(pairs).length).toBe(some.length)
  await page.reload()
  await expect(count(page, 'images')).toHaveAttribute('data-value', String(some.length))
  await page.goto('/subset?kept=00000000')
  await expect(
    page.getByRole('alert').filter({ hasText: 'is not stored in this browser' }),
  ).toBeVisible()
})

test('a small subset comes as a ZIP that is a release; a large one is told how else', async ({
  page,
}) => {
  await page.goto('/subset?add=modality%3DPET&sample=all%3A4&name=pets')
  const masks = Number(await count(page, 'masks').getAttribute('data-value'))
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /Download .* as a ZIP/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('pets.zip')
  const dir = await mkdtemp(join(tmpdir(), 'samed2d-e2e-zip-'))
  await download.saveAs(join(dir, 'pets.zip'))
  const { stdout } = await run(process.execPath, [
    'cli/samed2d.mjs',
    'ingest',
    join(dir, 'pets.zip'),
    '--out',
    join(dir, 'm'),
    '--json',
  ])
  expect(JSON.parse(stdout).totals).toMatchObject({ images: 4, masks })
  await rm(dir, { recursive: true })
  await page.goto('/subset?add=')
  await expect(page.getByTestId('zip-instead')).toContainText(
    /at most 2,000 pictures.*samed2d fetch/,
  )
})

for (const [width, colorScheme] of [
  [1440, 'light'],
  [390, 'dark'],
] as const)
  test(`no serious axe violation, nothing sideways: ${width} px, ${colorScheme}`, async ({
    browser,
    baseURL,
  }) => {
    const page = await openPage(browser, { baseURL, colorScheme, width })
    await page.goto('/subset?add=modality%3DPET&v=2&split=0.8,0.1,0.1')
    await expect(page.getByTestId('leakage')).toBeVisible()
    await expectFair(page)
    await page.context().close()
  })
