import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { OldSplit } from '../../components/subset/old-split'
import { SplitFields } from '../../components/subset/split-fields'
import { SplitReportView } from '../../components/subset/split-report-view'
import { oldSplitSchema, splitSchema } from '../../lib/subset/split-plan'
import type { SplitReport } from '../../lib/subset/split-report'

const part = (split: 'train' | 'val' | 'test', images: number): SplitReport['splits'][number] => ({
  split,
  images,
  patients: images / 10,
  cases: images / 5,
  datasets: 2,
  labels: 3,
  asked: null,
  imagesPerPatient: images === 0 ? null : { mean: 12, q1: 3, median: 10, q3: 22.25, max: 90 },
})

const REPORT: SplitReport = {
  algorithm: 'stratified-draw-1',
  by: 'patient',
  splits: [part('train', 800), part('val', 0), part('test', 200)],
  folds: [
    { fold: 1, images: 400, patients: 40 },
    { fold: 2, images: 400, patients: 40 },
  ],
  datasets: [{ name: 'KiTS', patients: [8, 0, 2], images: [80, 0, 20] }],
  labels: [],
  leftOut: 7,
  sharedPatients: 0,
  sharedPatientsBy: [],
  sharedPeople: { people: 0, byNamesOnly: 0, first: [] },
  sharedCases: 0,
  sharedDuplicates: null,
  unknownPatients: [],
  overlaps: [],
  blocks: [],
  equalPictures: null,
  excluded: [],
  warnings: ['Beware.'],
}

test('a report says what is in each split, what leaks, and how it was drawn', () => {
  const html = renderToStaticMarkup(<SplitReportView report={REPORT} />)
  const text = html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  expect(text).toContain('train 800 80.0% 80 160 10 (3 to 22.3) 2 3')
  expect(text).toContain('val 0 0.0% 0 0 — 2 3')
  expect(text).toContain('Folds of train: 1 (400 images, 40 patients), 2 (400 images, 40 patients)')
  expect(text).toContain('Left out, in no split: 7 images.')
  expect(text).toContain(
    'Leakage check: no patient in more than one split; duplicates not checked.',
  )
  expect(text).toContain('Beware.')
  expect(text).toContain('Split by patient, drawn by stratified-draw-1.')
  expect(text).toContain('Datasets by split (1)')
  expect(text).toContain('KiTS 8 (80) 0 (0) 2 (20)')
  expect(html).toContain('data-patients="0"')
})

test('the fields offer patients first, and what becomes of overlapping datasets', () => {
  const split = splitSchema.parse({ shares: [0.8, 0, 0.2], folds: 5 })
  const html = renderToStaticMarkup(<SplitFields split={split} images={100} onSplit={() => {}} />)
  expect(html).toMatch(/Split by<select[^>]*><option value="patient" selected="">patient/)
  expect(html).toMatch(/Overlapping datasets<select[^>]*><option value="together" selected="">/)
  // Val is one of the folds.
  expect(html).not.toContain('val %')
  expect(html).toMatch(/folds of train<input[^>]*value="5"/)
})

test('a split of version 1 says so, and offers one by patient', () => {
  const split = oldSplitSchema.parse({ shares: [0.8, 0.1, 0.1] })
  const html = renderToStaticMarkup(<OldSplit split={split} onSplit={() => {}} />)
  expect(html).toContain('a patient may be in several splits')
  expect(html).toContain('Split by patient instead')
})
