import { expect } from '@playwright/test'
import { FIGURE_IDS } from '../../lib/figures/figure'
import { expectFair } from './axe'
import { test, visit } from './live-page'
import { testManifest } from './page'

const card = (id: string) => `figure-${id}`

test('every figure is drawn, and stands beside the paper', async ({ live }) => {
  await visit(live, '/figures')
  for (const id of FIGURE_IDS) {
    // The examples are drawn when they are looked at.
    await live.getByTestId(card(id)).scrollIntoViewIfNeeded()
    const picture = live.getByTestId(card(id)).getByRole('img')
    await expect(picture).toBeVisible()
    // Decoded, not only there.
    await expect
      .poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth))
      .toBeGreaterThan(200)
  }
  const table = live.getByTestId(card('modality-table'))
  await table.getByText('Compare each number with the paper').click()
  await expect(table.getByRole('row', { name: /^CT images 2,338,753/ })).toBeVisible()
})

test('a filter recomputes them, says so, and compares nothing', async ({ live }) => {
  await visit(live, '/figures?modality=CT')
  const table = live.getByTestId(card('modality-table'))
  await expect(table).toContainText('filter modality=CT, so nothing is compared')
  await expect(table.getByText('Compare each number with the paper')).toHaveCount(0)
  await table.getByText('Rows', { exact: true }).click()
  const ct = testManifest().summary.facets.modality!.find(row => row.value === 'CT')!
  await expect(
    table.getByRole('row', { name: new RegExp(`^CT ${ct.images.toLocaleString('en-US')}`) }),
  ).toBeVisible()
  await expect(table.getByRole('row', { name: /^MR/ })).toHaveCount(0)
})

test('files come from the server, and nothing else does', async ({ request }) => {
  const svg = await request.get('/api/figures/modality-donut.svg')
  expect(svg.status()).toBe(200)
  expect(await svg.text()).toMatch(/^<svg/)
  expect(svg.headers()['content-security-policy']).toContain('sandbox')
  const examples = await (await request.get('/api/figures/example-images.json?modality=CT')).json()
  expect(examples.store).toBe('phantom')
  expect(examples.items.map((one: { modality: string }) => one.modality)).toContain('CT')
  expect(examples.items.every((one: { picture: string }) => one.picture)).toBe(true)
  const pdf = await request.get('/api/figures/anatomy.pdf?modality=CT')
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
  expect((await request.get('/api/figures/anatomy.svg?modality=nonsense')).status()).toBe(400)
  for (const name of ['..%2f..%2fpackage.json', 'anatomy.exe', 'passwd.svg', 'anatomy.svg%00'])
    expect((await request.get(`/api/figures/${name}`)).status(), name).toBe(404)
})

for (const width of [1440, 390])
  test(`no serious axe violation, nothing sideways: ${width} px`, async ({ live }) => {
    await live.setViewportSize({ width, height: 900 })
    await visit(live, '/figures')
    await expect(live.getByTestId(card('anatomy')).getByRole('img')).toBeVisible()
    await expectFair(live)
  })
