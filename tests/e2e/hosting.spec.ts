import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startServer } from '../bench/start-server'
import { type RangeServer, startRangeServer } from '../fixtures/range-server'
import { expectCount, inState, testManifest } from './page'

const DIR = 'manifests/test'
const { summary } = testManifest()

let host: RangeServer
let app: Awaited<ReturnType<typeof startServer>>
let cache: string
/** What the host answers to pages of other origins. */
let allowed: Record<string, string> = {}

// One app for all of them.
test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  const files: Record<string, Buffer> = {}
  for (const name of await readdir(DIR)) files[`/data/${name}`] = await readFile(join(DIR, name))
  host = await startRangeServer(files, ({ headers }) => ({
    headers: allowed,
    ...(headers.range === undefined && { isWhole: true }),
  }))
  cache = await mkdtemp(join(tmpdir(), 'samed2d-hosting-'))
  process.env.SAMED2D_MANIFEST_CACHE = cache
  app = await startServer(['--manifest', `${host.url}/data`])
})

test.afterAll(async () => {
  app?.stop()
  await host?.close()
  delete process.env.SAMED2D_MANIFEST_CACHE
  await rm(cache, { recursive: true, force: true })
})

test('a page reads the manifest straight from its host', async ({ page }) => {
  allowed = { 'access-control-allow-origin': app.url }
  const before = host.requests.length
  const own: string[] = []
  page.on('request', request => {
    if (request.url().startsWith(app.url) && request.url().includes('.parquet'))
      own.push(request.url())
  })
  await page.goto(app.url)
  await inState(page, 'rows')
  await expectCount(page, 'images', summary.totals.images)
  await page.goto(`${app.url}/?masks=2..3`)
  await inState(page, 'rows')
  expect(own).toEqual([])
  const fetched = new Set(host.requests.slice(before).map(({ path }) => path.replace(/-.*/, '')))
  for (const table of ['images', 'masks', 'cube_images', 'label_sets'])
    expect([...fetched]).toContain(`/data/${table}`)
})

test('the server has what pictures need', async ({ request }) => {
  const answer = await request.get(`${app.url}/api/images/0?w=64`)
  expect(answer.status()).toBe(200)
  expect(answer.headers()['content-type']).toMatch(/^image\//)
})

test('the policy names that host, and no other', async ({ page }) => {
  allowed = { 'access-control-allow-origin': app.url }
  const answer = await page.goto(app.url)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  const { origin } = new URL(host.url)
  expect(policy).toContain(`connect-src 'self' ${origin};`)
  const reached = await page.evaluate(
    url => fetch(url).then(String, String),
    'https://example.org/manifest.json',
  )
  expect(reached).toMatch(/TypeError/)
})

test('a host that does not let pages read says what to set, and the totals stay', async ({
  page,
}) => {
  allowed = {}
  await page.goto(app.url)
  await inState(page, 'error')
  await expect(page.getByRole('contentinfo')).toContainText(
    `${new URL(host.url).host} cannot be reached, or does not let this page read its files: it must send the header "Access-Control-Allow-Origin: ${app.url}", or "*"`,
  )
  await expectCount(page, 'images', summary.totals.images)
  allowed = { 'access-control-allow-origin': '*' }
  await page.getByRole('button', { name: 'Retry' }).click()
  await inState(page, 'rows')
})
