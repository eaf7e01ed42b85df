import { expect, test } from 'vitest'
import { main } from '../../cli/main'
import { countOf } from '../../lib/format'
import { fakeEffects } from '../cli/fake-effects'

test('one is one, and any other number is several', () => {
  expect([0, 1, 2000].map(n => countOf(n, 'image'))).toEqual([
    '0 images',
    '1 image',
    '2,000 images',
  ])
  expect([0, 1].map(n => countOf(n, 'group of duplicates', 'groups of duplicates'))).toEqual([
    '0 groups of duplicates',
    '1 group of duplicates',
  ])
})

test('the report of a split of one image', async () => {
  const effects = fakeEffects()
  const split = ['--sample', 'all:1', '--split', '0.8,0.1,0.1']
  expect(await main(['subset', '--manifest', 'manifests/test', ...split], effects)).toBe(0)
  const text = effects.output()
  expect(text).toMatch(/^1 image, /)
  expect(text).toMatch(
    /train +1 image, 1 patient, 1 case; images per patient: median 1, .*\n +val +0 images, 0 patients, 0 cases\n +test +0 images, 0 patients, 0 cases/,
  )
  expect(text).not.toMatch(/\b1 (images|masks|cases|datasets|files)\b/)
})
