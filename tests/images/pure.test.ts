import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coverage } from '../../lib/images/coverage'
import { joinLabels, splitLabels } from '../../lib/images/mask-list'
import { drawOverlays } from '../../lib/images/overlay'
import { chooseFormat } from '../../lib/images/picture-format'
import { parsePictureQuery } from '../../lib/images/picture-request'
import { originalUrl, pictureSources, pictureUrl } from '../../lib/images/picture-url'
import { widthFor } from '../../lib/images/picture-widths'
import { placeholder, wrap } from '../../lib/images/placeholder'
import { parseStoreChoice } from '../../lib/images/store-choice'

test('a list of labels is read back as it was written', () => {
  const label = fc.string({
    minLength: 1,
    unit: fc.constantFrom('a', ',', '\\', ' ', 'é', '😀', '!'),
  })
  fc.assert(
    fc.property(fc.array(label, { minLength: 1 }), labels => {
      expect(splitLabels(joinLabels(labels))).toEqual(labels)
    }),
  )
  expect(joinLabels(['all'])).toBe('\\all')
  expect(splitLabels('\\all')).toEqual(['all'])
})

test('the address of a picture is read back as it was written', () => {
  const url = new URL(
    pictureUrl(
      3,
      { width: 128, masks: ['a,b', 'none'], style: 'contour', opacity: 0.3, layer: 'masks' },
      '0123456789abcdef',
    ),
    'http://localhost',
  )
  expect(url.pathname).toBe('/api/images/3')
  expect(parsePictureQuery(3, Object.fromEntries(url.searchParams))).toEqual({
    imageId: 3,
    width: 128,
    masks: ['a,b', 'none'],
    style: 'contour',
    opacity: 0.3,
    layer: 'masks',
    version: '0123456789abcdef',
  })
  expect(pictureUrl(3, { width: 'full', masks: [] })).toBe('/api/images/3?w=full&masks=none')
  expect(originalUrl(3)).toBe('/api/images/3/original.png')
  expect(originalUrl(3, '0001_000')).toBe('/api/images/3/masks/0001_000.png')
})

test('widths are of the list', () => {
  expect([1, 64, 65, 1024, 5000].map(widthFor)).toEqual([64, 64, 96, 1024, 1024])
  expect(pictureSources(0, 100, {})).toEqual({
    src: '/api/images/0?w=128&masks=all',
    srcSet: '/api/images/0?w=128&masks=all 1x, /api/images/0?w=256&masks=all 2x',
  })
})

test('coverage keeps the share of what is inside', () => {
  const mask = Uint8Array.from([1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
  expect([...coverage(mask, 4, 3, 2, 1)]).toEqual([Math.round((255 * 3) / 6), 0])
  expect([...coverage(mask, 4, 3, 4, 3)]).toEqual([...mask].map(value => 255 * value))
})

test('a smaller mask is drawn over a larger one', () => {
  const pixels = new Uint8Array(9 * 3)
  const whole = { covered: new Uint8Array(9).fill(255), color: [255, 0, 0] } as const
  const dot = {
    covered: Uint8Array.from({ length: 9 }, (_, i) => (i === 4 ? 255 : 0)),
    color: [0, 0, 255],
  } as const
  drawOverlays(pixels, 3, 3, [dot, whole], { style: 'fill', opacity: 0.5 })
  expect([...pixels.subarray(12, 15)]).toEqual([0, 0, 255])
  expect([...pixels.subarray(0, 3)]).toEqual([255, 0, 0])
})

test.each([
  [null, 'webp'],
  ['*/*', 'webp'],
  ['image/png, image/*;q=0.5', 'png'],
  ['image/webp;q=0.2, image/avif', 'avif'],
  ['image/webp;q=0, */*', 'avif'],
  ['text/html', 'png'],
  ['image/png;q=nonsense', 'png'],
])('Accept %s gets %s', (accept, format) => {
  expect(chooseFormat(accept)).toBe(format)
})

test('what --images means', () => {
  expect(parseStoreChoice(undefined, true)).toEqual({ kind: 'phantom' })
  expect(parseStoreChoice('', false)).toEqual({ kind: 'none' })
  expect(parseStoreChoice('none', true)).toEqual({ kind: 'none' })
  expect(parseStoreChoice('./phantom', true)).toEqual({ kind: 'directory', place: './phantom' })
  expect(parseStoreChoice('a/B.ZIP', true)).toEqual({ kind: 'archive', place: 'a/B.ZIP' })
  expect(parseStoreChoice('https://x/a.zip?t=1', true).kind).toBe('archive')
})

test('a message fits on its picture', () => {
  expect(wrap('images/a-long-name.png: not there', 10)).toEqual([
    'images/a-l',
    'ong-name.p',
    'ng: not',
    'there',
  ])
  for (const width of [64, 128, 512, 1024]) {
    const { data, height } = placeholder('A message of some length. '.repeat(30), width)
    expect(data.length).toBe(width * height)
    expect(data.includes(0xd0)).toBe(true)
  }
})
