// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { Headline } from '../../components/filter-page/headline'
import type { CountsResult } from '../../components/use-counts'
import type { CaseTotals } from '../../lib/counts/totals'

const all = {
  images: 4596802,
  masks: 19762855,
  datasets: 140,
  labels: 271,
  organs: 31,
  cases: 50225,
  patients: 40100,
  bytes: 3.2e11,
  sizedImages: 4596802,
}
const engine: {
  manifest: { summary: { totals: typeof all & { maskBytes?: number } } }
  stage: string
} = {
  manifest: { summary: { totals: all } },
  stage: 'rows',
}
vi.mock('../../components/engine-provider', () => ({ useEngine: () => engine }))
afterEach(cleanup)

const result = (
  totals: Partial<typeof all>,
  cases: CaseTotals | null = { cases: 7, patients: 5 },
): CountsResult => ({
  counts: { totals: { ...all, ...totals }, facets: {} as never, areas: [], sizes: [] },
  cases,
  current: true,
  pending: false,
  error: null,
  path: 'cubes',
  ms: 1,
  reasons: [],
})

test('numbers are whole, with separators, and plain in data-value', () => {
  render(<Headline result={result({ images: 2338753 })} />)
  const images = screen.getByTestId('count-images')
  expect(images.textContent).toBe('2,338,753')
  expect(images.dataset.value).toBe('2338753')
  expect(screen.getByText('of 4,596,802 images')).toBeTruthy()
})

test('a size that is not known of every image is unknown, not small', () => {
  render(<Headline result={result({ bytes: 12, sizedImages: 1 })} />)
  expect(screen.getByText('size unknown until measured')).toBeTruthy()
  expect(screen.queryByText('12 B')).toBeNull()
})

test('cases that are not counted yet are a dash with the reason', () => {
  render(<Headline result={result({}, null)} />)
  const cases = screen.getByTestId('count-cases')
  expect(cases.textContent).toBe('—')
  expect(cases.dataset.value).toBeUndefined()
  expect(cases.title).toBe('Counting…')
})

test('the cost names the files, one PNG for each image and each mask, and what the bytes are of', () => {
  const some = { images: 2338753, sizedImages: 2338753, masks: 12547037 }
  render(<Headline result={result(some)} />)
  const files = screen.getByTestId('count-files')
  expect(files.textContent).toBe('14,885,790 PNG files')
  expect(files.dataset.value).toBe('14885790')
  expect(screen.getByText('images only, mask sizes not recorded')).toBeTruthy()
})

test('once the sizes of masks are known, they are part of the whole, and no longer called unknown', () => {
  engine.manifest = { summary: { totals: { ...all, maskBytes: 1e11 } } }
  const { unmount } = render(<Headline result={result({})} />)
  expect(screen.getByText('420 GB')).toBeTruthy()
  expect(screen.getByText('images and masks')).toBeTruthy()
  unmount()
  render(<Headline result={result({ images: 2, sizedImages: 2, masks: 3, bytes: 1e9 })} />)
  expect(screen.getByText('1.00 GB')).toBeTruthy()
  expect(screen.getByText('images only')).toBeTruthy()
})
