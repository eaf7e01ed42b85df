import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished, test, vi } from 'vitest'
import { WorkQueue } from '../../../lib/async/work-queue'
import type { ImageStore } from '../../../lib/images/image-store'
import { traversalNames } from '../../traversal-names'
import { IMAGE, LIVER, pictures, SPLEEN, SPLEEN_1 } from '../picture-release'
import { greyPng } from '../png'

const image = greyPng(300, 200, (x, y) => (x ^ y) & 255)
const mask = greyPng(300, 200, x => (x < 50 ? 255 : 0))
const FILES = { [IMAGE]: image, [LIVER]: mask, [SPLEEN]: mask, [SPLEEN_1]: mask }

test.each([
  ['0?w=200', '"w" is "200"; it must be one of 64, 96, 128, 192, 256, 384, 512, 768, 1024, full.'],
  ['0?w=256&w=64', '"w" is given more than once.'],
  ['0?masks=', '"masks" is ""; it must be all, none or labels separated by commas.'],
  ['0?masks=heart,liver', '"masks" names "heart", which is not a label of this manifest.'],
  ['0?style=glow', '"style" is "glow"; it must be fill or contour.'],
  ['0?opacity=2', '"opacity" is "2"; it must be a number from 0 to 1, with up to three decimals.'],
  [
    '0?opacity=1e-9',
    '"opacity" is "1e-9"; it must be a number from 0 to 1, with up to three decimals.',
  ],
  ['0?layer=image', '"layer" is "image"; it must be all or masks.'],
  ['0?v=1', '"v" is "1"; it must be the version that the server gave to the page.'],
  ['0?size=1', '"size": unknown parameter; expected one of w, masks, style, opacity, layer, v.'],
  [
    `0?masks=${'a'.repeat(5000)}`,
    `"masks" is "${'a'.repeat(100)}"; it has more than 4000 characters.`,
  ],
])('%s is refused with a plain message', async (url, message) => {
  const { get } = await pictures({})
  const { status, headers, body } = await get(url)
  expect(status).toBe(400)
  expect(headers['Content-Type']).toBe('text/plain; charset=utf-8')
  expect(body).toBe(`${message}\n`)
})

test('no other path ever gets a picture', async () => {
  const { service, get } = await pictures(FILES)
  const names = [
    ...traversalNames(IMAGE),
    '00',
    '-1',
    '+1',
    '1.0',
    '1e0',
    '0x1',
    ' 1',
    '١',
    '99999999999',
    '0/',
    '0/info/',
    '0/original',
    '0/original.PNG',
    '0/masks',
    '0/masks/..',
    '0/masks/1_0.png',
    '0/masks/0001_000',
    'status/',
  ]
  expect(names.length).toBeGreaterThan(300)
  const { answerPictures } = await import('../../../lib/images/serve/answer-pictures.node.ts')
  const ask = async (path: string[]) => {
    const headers = new Headers()
    const { signal } = new AbortController()
    return (await answerPictures(service, { path, query: {}, headers, signal })).status
  }
  for (const name of names) {
    expect(await ask(name.split('/')), name).toBe(404)
    expect(await ask([name]), name).toBe(404)
    expect(await ask(['0', name]), name).toBe(404)
    expect(await ask(['0', 'masks', name]), name).toBe(404)
    expect(await ask(['0', 'masks', `${name}.png`]), name).toBe(404)
  }
  expect((await get('0')).status).toBe(200)
})

test('a picture whose version is said is good for ever; else it is asked for again', async () => {
  const { get, service } = await pictures(FILES)
  const forever = await get(`0?v=${service.version}`)
  expect(forever.headers['Cache-Control']).toBe('public, max-age=31536000, immutable')
  const { status, headers } = await get('0')
  expect(headers).toMatchObject({ 'Cache-Control': 'public, no-cache', ETag: forever.headers.ETag })
  const again = await get('0', { 'if-none-match': String(headers.ETag) })
  expect([status, again.status, again.body]).toEqual([200, 304, null])
  expect((await get('0?w=64', { 'if-none-match': String(headers.ETag) })).status).toBe(200)
  const other = await get('0?v=0123456789abcdef')
  expect(other.status).toBe(409)
})

/** A store that counts its reads and can be held. */
function counting() {
  let release = () => {}
  const held = new Promise<void>(resolve => {
    release = resolve
  })
  const seen = { reads: 0, aborted: 0 }
  const wrap = (store: ImageStore): ImageStore => ({
    ...store,
    async read(files, signal) {
      seen.reads++
      signal?.addEventListener('abort', () => seen.aborted++)
      await held
      return store.read(files, signal)
    },
  })
  return { seen, wrap, release: () => release() }
}

test('500 requests for one picture at once decode it once', async () => {
  const { seen, wrap, release } = counting()
  const { get } = await pictures(FILES, { wrap })
  const all = Array.from({ length: 500 }, () => get('0'))
  release()
  const statuses = new Set((await Promise.all(all)).map(({ status }) => status))
  expect([...statuses]).toEqual([200])
  expect(seen.reads).toBe(1)
})

test('above what may wait there is a 503 with Retry-After, and the others are served', async () => {
  const { wrap, release } = counting()
  const { get, service, rows } = await pictures(FILES, { wrap, queue: new WorkQueue(1, 2) })
  const waiting = ['64', '96', '128'].map(w => get(`0?w=${w}`))
  while (service.status.queue.waiting < 2) await sleep(5)
  const lookups = vi.spyOn(rows, 'find')
  onTestFinished(() => lookups.mockRestore())
  const refused = await get('0?w=192')
  const others = await Promise.all(['1?w=192', '0/original.png', '2?w=192'].map(url => get(url)))
  expect(others.map(({ status }) => status)).toEqual([503, 503, 503])
  expect(others[0]?.body).toEqual(refused.body)
  expect(lookups).not.toHaveBeenCalled()
  expect(refused.status).toBe(503)
  expect(refused.headers).toMatchObject({ 'Retry-After': '1', 'Cache-Control': 'no-store' })
  release()
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([200, 200, 200])
  expect((await get('0?w=192')).status).toBe(200)
})

test('work stops when the last who waits for it hangs up', async () => {
  const { seen, wrap, release } = counting()
  const { get, service } = await pictures(FILES, { wrap, queue: new WorkQueue(1, 9) })
  const clients = [new AbortController(), new AbortController(), new AbortController()]
  const [one, two, queued] = clients.map((client, i) =>
    get(i < 2 ? '0?w=64' : '0?w=96', {}, client.signal).then(
      () => 'served',
      () => 'gone',
    ),
  )
  while (service.status.queue.waiting < 1) await sleep(5)
  clients[0]?.abort()
  expect(await one).toBe('gone')
  expect(seen.aborted).toBe(0)
  clients[2]?.abort()
  expect(await queued).toBe('gone')
  expect(service.status.queue).toEqual({ running: 1, waiting: 0 })
  clients[1]?.abort()
  expect(await two).toBe('gone')
  expect(seen).toEqual({ reads: 1, aborted: 1 })
  release()
  expect((await get('0?w=64')).status).toBe(200)
  expect(service.status.queue).toEqual({ running: 0, waiting: 0 })
})

test('200 masks on one picture', async () => {
  const masks = Array.from({ length: 200 }, (_, i) => `0001_${String(i).padStart(3, '0')}`)
  const stem = 'ct_00--BTCV--many--z_0001'
  const files = Object.fromEntries(masks.map(key => [`masks/${stem}--${key}.png`, mask]))
  const { get } = await pictures(
    { ...files, [`images/${stem}.png`]: image },
    {
      spec: {
        index: [[`images/${stem}.png`, Object.keys(files)]],
        classMap: { BTCV: { liver: '0001' } },
      },
    },
  )
  expect((await get('0?w=128')).status).toBe(200)
})
