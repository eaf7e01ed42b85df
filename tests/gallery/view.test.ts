import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TURNS } from '../../lib/axes/turn'
import { carriedPath } from '../../lib/catalog/carried'
import { GALLERY_KEYS, VIEW_KEYS } from '../../lib/filter/view-keys'
import { cellsFor, GAP } from '../../lib/gallery/cells'
import {
  DEFAULT_VIEW,
  DENSITIES,
  type GalleryView,
  parseView,
  viewPairs,
} from '../../lib/gallery/view'
import { ORDERS } from '../../lib/queries/gallery-order'

const whole = fc.integer({ min: 0, max: 2 ** 32 - 1 })
const views: fc.Arbitrary<GalleryView> = fc
  .record({
    order: fc.record({ by: fc.constantFrom(...ORDERS), descending: fc.boolean(), seed: whole }),
    byCase: fc.boolean(),
    density: fc.constantFrom(...DENSITIES),
    overlay: fc.boolean(),
    upright: fc.boolean(),
    turn: fc.constantFrom(...TURNS),
    at: whole,
    image: fc.option(whole),
  })
  .map(view => {
    const { by, descending, seed } = view.order
    const isShuffle = by === 'shuffle'
    return {
      ...view,
      order: { by, descending: descending && !isShuffle, seed: isShuffle ? seed : 1 },
      byCase: view.byCase && by === 'dataset',
    }
  })

test('a view survives the address', () => {
  fc.assert(
    fc.property(views, view => {
      const params = new URLSearchParams()
      for (const [key, value] of Object.entries(viewPairs(view)))
        if (value !== null) params.set(key, value)
      expect(parseView(params.toString())).toEqual(view)
    }),
  )
  expect(Object.values(viewPairs(DEFAULT_VIEW))).toEqual(GALLERY_KEYS.map(() => null))
})

test('what makes no sense is as if it were not there', () => {
  for (const query of [
    'order=price',
    'order=-',
    'seed=-1',
    'seed=1e99',
    'at=1.5',
    'image=4294967296',
    'thumb=161',
    'overlay=1',
    'upright=yes',
    'turn=45',
    'turn=0',
    'group=organ',
    'order=size&group=case&order=',
    'image=',
  ])
    expect({ ...parseView(query), order: DEFAULT_VIEW.order }).toEqual(DEFAULT_VIEW)
  expect(parseView('order=-shuffle').order.descending).toBe(false)
})

test('no facet takes a key of the view for its own', () => {
  for (const key of GALLERY_KEYS) expect(VIEW_KEYS.has(key)).toBe(true)
})

test('a filter goes along from page to page, how it was shown does not', () => {
  const search = '?modality=CT&unions=1&order=shuffle&seed=3&image=7'
  expect(carriedPath('/gallery', '/', search)).toBe('/gallery?modality=CT&union=0,1')
  expect(carriedPath('/', '/gallery', search)).toBe('/?modality=CT&union=0,1')
  expect(carriedPath('/gallery', '/labels/liver', '?modality=CT')).toBe('/gallery')
  expect(carriedPath('/labels/liver', '/', search)).toBe('/labels/liver')
  expect(carriedPath('/gallery', '/', '')).toBe('/gallery')
})

test('cells fill the width and never overflow it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 3000 }), fc.constantFrom(...DENSITIES), (width, d) => {
      const { columns, cellWidth, pictureHeight, rowHeight } = cellsFor(width, d)
      const used = columns * cellWidth + (columns - 1) * GAP
      expect(used).toBeLessThanOrEqual(width)
      expect(used).toBeGreaterThan(width - columns)
      expect(columns).toBeGreaterThanOrEqual(2)
      expect(pictureHeight).toBeLessThanOrEqual(cellWidth)
      expect(rowHeight).toBeGreaterThan(pictureHeight)
    }),
  )
})
