import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { labelRgb } from '../../lib/images/label-color'
import { pixelsOf } from './decode-png'
import { IMAGE, LIVER, pictures, SPLEEN, SPLEEN_1 } from './picture-release'
import { greyPng, makePng } from './png'

const box = (x0: number, y0: number, x1: number, y1: number, inside = 255) =>
  greyPng(8, 8, (x, y) => (x >= x0 && x < x1 && y >= y0 && y < y1 ? inside : 0))

const FILES = {
  'images/ct_00--BTCV--img1--z_0002.png': greyPng(8, 8),
  [IMAGE]: greyPng(8, 8, (x, y) => 10 * x + y),
  [LIVER]: box(1, 1, 6, 6),
  // Masks of ones are masks too.
  [SPLEEN]: box(6, 0, 8, 2, 1),
  [SPLEEN_1]: box(0, 7, 1, 8),
}

test('a picture without masks is the file, pixel for pixel', async () => {
  const { get } = await pictures(FILES)
  const { status, headers, body } = await get('0?w=full&masks=none')
  expect(status).toBe(200)
  expect(headers).toMatchObject({ 'Content-Type': 'image/png', Vary: 'Accept' })
  const { width, height, at } = await pixelsOf(body)
  expect([width, height]).toEqual([8, 8])
  expect(at(7, 3)).toEqual([73, 73, 73])
  expect(at(0, 7)).toEqual([7, 7, 7])
})

test('masks are filled with their label’s colour at 45 %, with a contour of one pixel', async () => {
  const { get } = await pictures(FILES)
  const { at } = await pixelsOf((await get('0?w=full')).body)
  const [r, g, b] = labelRgb('liver', 'Abdomen')
  expect(at(1, 3)).toEqual([r, g, b])
  expect(at(5, 5)).toEqual([r, g, b])
  expect(at(3, 3)).toEqual([r, g, b].map(c => Math.round(0.45 * c + 0.55 * 33)))
  expect(at(0, 3)).toEqual([3, 3, 3])
  expect(at(6, 6)).toEqual([66, 66, 66])
  expect(at(6, 1)).toEqual(labelRgb('spleen', 'Abdomen'))
  expect(at(0, 7)).toEqual(labelRgb('spleen', 'Abdomen'))
})

test('labels, style and opacity choose what is drawn', async () => {
  const { get } = await pictures(FILES)
  const spleen = await pixelsOf((await get('0?w=full&masks=spleen')).body)
  expect(spleen.at(3, 3)).toEqual([33, 33, 33])
  expect(spleen.at(6, 1)).toEqual(labelRgb('spleen', 'Abdomen'))
  const contour = await pixelsOf((await get('0?w=full&style=contour')).body)
  expect(contour.at(3, 3)).toEqual([33, 33, 33])
  expect(contour.at(1, 3)).toEqual(labelRgb('liver', 'Abdomen'))
  const opaque = await pixelsOf((await get('0?w=full&opacity=1')).body)
  expect(opaque.at(3, 3)).toEqual(labelRgb('liver', 'Abdomen'))
  // A label of the manifest that this image lacks draws nothing.
  const lacking = await pixelsOf((await get('1?w=full&masks=spleen')).body)
  expect(lacking.at(3, 3)).toEqual([100, 100, 100])
})

test('masks alone lie on a transparent ground', async () => {
  const { get } = await pictures(FILES)
  const { at, channels } = await pixelsOf((await get('0?w=full&layer=masks')).body)
  expect(channels).toBe(4)
  expect(at(7, 7)).toEqual([0, 0, 0, 0])
  expect(at(1, 3)).toEqual([...labelRgb('liver', 'Abdomen'), 255])
  expect(at(3, 3)).toEqual([...labelRgb('liver', 'Abdomen'), Math.round(0.45 * 255)])
})

test('thumbnails keep the aspect, enlarge nothing, and show masks smaller than a pixel', async () => {
  const image = greyPng(300, 100)
  const dot = greyPng(300, 100, (x, y) => (x === 150 && y === 50 ? 255 : 0))
  const { get } = await pictures({ [IMAGE]: image, [LIVER]: dot, [SPLEEN]: dot, [SPLEEN_1]: dot })
  const small = await pixelsOf((await get('0?w=64&masks=liver')).body)
  expect([small.width, small.height]).toEqual([64, 21])
  expect(small.at(32, 10)).toEqual(labelRgb('liver', 'Abdomen'))
  const large = await pixelsOf((await get('0?w=1024&masks=none')).body)
  expect([large.width, large.height]).toEqual([300, 100])
})

test.each([
  [
    '16 bit grey keeps its upper byte',
    { bitDepth: 16, data: [0x80, 0x7f, 0x01, 0xff] },
    [128, 128, 128],
    [1, 1, 1],
  ],
  ['RGB', { colorType: 2, data: [1, 2, 3, 4, 5, 6] }, [1, 2, 3], [4, 5, 6]],
  [
    'palette',
    {
      colorType: 3,
      data: [1, 0],
      palette: [
        [9, 8, 7],
        [1, 2, 3],
      ] as const,
    },
    [1, 2, 3],
    [9, 8, 7],
  ],
  [
    'grey and alpha on black',
    { colorType: 4, data: [200, 255, 200, 0] },
    [200, 200, 200],
    [0, 0, 0],
  ],
  ['RGBA on black', { colorType: 6, data: [9, 8, 7, 255, 9, 8, 7, 0] }, [9, 8, 7], [0, 0, 0]],
  ['one bit', { bitDepth: 1, data: [0b01000000] }, [0, 0, 0], [255, 255, 255]],
])('%s', async (_, { data, ...spec }, first, second) => {
  const image = makePng({ width: 2, height: 1, ...spec, data: Uint8Array.from(data) })
  const { get } = await pictures({ [IMAGE]: image })
  const { at } = await pixelsOf((await get('0?w=full&masks=none')).body)
  expect([at(0, 0), at(1, 0)]).toEqual([first, second])
})

test.each([
  ['16 bit, of small numbers', { bitDepth: 16, data: [0, 1, 0, 0] }],
  [
    'palette without red',
    {
      colorType: 3,
      data: [1, 0],
      palette: [
        [0, 0, 0],
        [0, 128, 0],
      ] as const,
    },
  ],
  ['grey and alpha', { colorType: 4, data: [1, 255, 0, 255] }],
  ['one bit', { bitDepth: 1, data: [0b10000000] }],
])('a mask of %s', async (_, { data, ...spec }) => {
  const mask = makePng({ width: 2, height: 1, ...spec, data: Uint8Array.from(data) })
  const { get } = await pictures({ [IMAGE]: greyPng(2, 1), [LIVER]: mask })
  const { at } = await pixelsOf((await get('0?w=full&masks=liver')).body)
  expect([at(0, 0), at(1, 0)]).toEqual([labelRgb('liver', 'Abdomen'), [100, 100, 100]])
})

test('chunks that only say how to show a picture change no pixel', async () => {
  const gamma = Buffer.from([0, 0, 0, 1])
  const image = makePng({
    width: 2,
    height: 1,
    data: Uint8Array.of(7, 90),
    extra: [['gAMA', gamma]],
  })
  const { get } = await pictures({ [IMAGE]: image })
  const { at } = await pixelsOf((await get('0?w=full&masks=none')).body)
  expect([at(0, 0)[0], at(1, 0)[0]]).toEqual([7, 90])
})

test('WebP by default, others by Accept', async () => {
  const { get } = await pictures(FILES)
  const typeFor = async (accept: string) => (await get('0', { accept })).headers['Content-Type']
  expect(await typeFor('image/avif,image/webp,image/apng,*/*;q=0.8')).toBe('image/webp')
  expect(await typeFor('image/avif,*/*;q=0.5')).toBe('image/avif')
  expect(await typeFor('image/png')).toBe('image/png')
  expect(await typeFor('text/html')).toBe('image/png')
})

test('originals are the stored bytes', async () => {
  const { get, release } = await pictures(FILES)
  const image = await get('0/original.png')
  expect(image.body).toEqual(await readFile(join(release.dir, IMAGE)))
  expect(image.headers['Content-Security-Policy']).toBe("default-src 'none'; sandbox")
  const mask = await get('0/masks/0002_001.png')
  expect(mask.body).toEqual(await readFile(join(release.dir, SPLEEN_1)))
  expect((await get('0/masks/0003_000.png')).status).toBe(404)
})

test('info says what the manifest knows', async () => {
  const { get, service } = await pictures(FILES)
  const info = JSON.parse(String((await get('0/info')).body))
  expect(info).toMatchObject({
    imageId: 0,
    modality: 'CT',
    submodality: 'ct_00',
    dataset: 'BTCV',
    caseName: 'img1',
    axis: 'z',
    slice: 1,
    width: null,
    height: null,
    path: IMAGE,
    store: 'directory',
    version: service.version,
  })
  expect(info.masks.map(({ key, path }: { key: string; path: string }) => [key, path])).toEqual([
    ['0001_000', LIVER],
    ['0002_000', SPLEEN],
    ['0002_001', SPLEEN_1],
  ])
  expect((await get('99/info')).status).toBe(404)
})
