import { expect, test } from 'vitest'
import { imageTitle, sizeText, sliceText } from '../../lib/gallery/captions'
import { caseSeries, counterpart } from '../../lib/gallery/case-series'
import type { ImageRow } from '../../lib/queries/image-rows'

const image = (imageId: number, change: Partial<ImageRow>): ImageRow => ({
  imageId,
  dataset: 'BraTS',
  modality: 'MR',
  submodality: 'mr_t1',
  caseId: 2,
  caseName: 'B--1',
  axis: 'z',
  slice: imageId,
  width: 240,
  height: 1200,
  masks: 1,
  ...change,
})

test('a case falls into series by sub-modality and axis', () => {
  const images = [
    image(0, { axis: 'x', slice: 4 }),
    image(1, { slice: 9 }),
    image(2, { slice: 9, submodality: 'mr_t2' }),
    image(3, { slice: 12 }),
    image(4, { axis: '2d', slice: null }),
  ]
  const series = caseSeries(images)
  expect(series.map(({ title, images }) => [title, images.map(one => one.imageId)])).toEqual([
    ['mr_t1, axis x', [0]],
    ['mr_t1, axis z', [1, 3]],
    ['mr_t2, axis z', [2]],
    ['mr_t1, 2D', [4]],
  ])
})

test('from one series to another: the nearest slice, or the middle along another axis', () => {
  const t2 = { title: '', images: [3, 8, 11].map(slice => image(slice, { slice })) }
  const from = image(99, { slice: 9 })
  expect(counterpart(t2, from)?.slice).toBe(8)
  expect(counterpart(t2, { ...from, axis: 'x' })?.slice).toBe(8)
  expect(counterpart(t2, image(99, { slice: 10 }))?.slice).toBe(11)
  expect(counterpart({ title: '', images: [] }, from)).toBeUndefined()
})

test('captions name modality, dataset, case, axis and slice', () => {
  expect(imageTitle(image(12, {}))).toBe('MR (mr_t1), BraTS, case B--1, axis z, slice 12, 1 mask')
  const flat = image(1, { axis: '2d', slice: null, width: null, masks: 1200 })
  expect(imageTitle(flat)).toBe('MR (mr_t1), BraTS, case B--1, 2D, 1,200 masks')
  expect([sliceText(flat), sizeText(flat)]).toEqual(['2D', 'size unknown'])
  expect([sliceText(image(12, {})), sizeText(image(12, {}))]).toEqual(['z 12', '240 × 1,200 px'])
})

test('captions and series name the plane of a slice where it is known', () => {
  const axial = image(12, { dataset: 'AMOS2022', axis: 'x' })
  expect(sliceText(axial)).toBe('x 12 · axial')
  expect(imageTitle(axial)).toContain('axis x (axial), slice 12')
  expect(caseSeries([axial])[0]?.title).toBe('mr_t1, axis x (axial)')
  const presumed = image(3, { dataset: 'MSD_Lung', axis: 'z' })
  expect(sliceText(presumed)).toBe('z 3 · sagittal?')
  expect(imageTitle(presumed)).toContain('axis z (presumably sagittal)')
})
