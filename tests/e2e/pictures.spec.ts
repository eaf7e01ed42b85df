import { expect, test } from '@playwright/test'

const version = async (request: {
  get(url: string): Promise<{ json(): Promise<{ version: string }> }>
}) => (await (await request.get('/api/images/status')).json()).version

test('a picture comes with its length, strict headers, and for good if its version is said', async ({
  request,
}) => {
  const url = `/api/images/0?w=128&masks=all&v=${await version(request)}`
  const response = await request.get(url, { headers: { accept: 'image/webp,*/*' } })
  expect(response.status()).toBe(200)
  const headers = response.headers()
  expect(headers).toMatchObject({
    'content-type': 'image/webp',
    'content-length': String((await response.body()).length),
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'Accept',
  })
  const head = await request.head(url, { headers: { accept: 'image/webp,*/*' } })
  expect(head.headers()['content-length']).toBe(headers['content-length'])
  const again = await request.get(url, {
    headers: { accept: 'image/webp,*/*', 'if-none-match': headers.etag ?? '' },
  })
  expect(again.status()).toBe(304)
})

test('the browser shows pictures, and placeholders of those that cannot be shown', async ({
  page,
}) => {
  await page.goto('/')
  const sizeOf = (src: string) =>
    page.evaluate(async src => {
      const image = new Image()
      image.src = src
      await image.decode()
      return [image.naturalWidth, image.naturalHeight]
    }, src)
  expect((await sizeOf('/api/images/0?w=64'))[0]).toBe(64)
  expect(await sizeOf('/api/images/4000000000?w=64')).toEqual([64, 48])
})

test('parameters and paths that do not exist get a plain message', async ({ request }) => {
  const width = await request.get('/api/images/0?w=1')
  expect([width.status(), await width.text()]).toEqual([
    400,
    '"w" is "1"; it must be one of 64, 96, 128, 192, 256, 384, 512, 768, 1024, full.\n',
  ])
  for (const path of ['..%2f..%2fpackage.json', '0/..%2foriginal.png', '0/masks/..%2f..%2fx.png'])
    expect((await request.get(`/api/images/${path}`)).status(), path).toBe(404)
})
