// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { EqualImages } from '../../components/names/equal-images'
import { MeasuredFlags } from '../../components/names/measured-flags'
import type { Measured } from '../../lib/manifest/manifest'

const engine = vi.hoisted(() => ({ state: {} as object }))
vi.mock('../../components/engine-provider', () => ({ useEngine: () => engine.state }))
afterEach(cleanup)

function flags(measured?: Measured) {
  engine.state = { manifest: { measured } }
  render(<MeasuredFlags name="BTCV" />)
  return screen.queryByTestId('measured-flags')?.textContent
}

test('the flags of the dataset are counted and explained', () => {
  const text = flags({
    what: 'pixels',
    source: '/release',
    quality: [
      { dataset: 'ACDC', of: 'mask', flag: 'full_frame', n: 9 },
      { dataset: 'BTCV', of: 'image', flag: 'missing', n: 1 },
      { dataset: 'BTCV', of: 'mask', flag: 'empty', n: 1200 },
    ],
  })
  expect(text).toContain('1 image missing: the file does not exist')
  expect(text).toContain('1,200 masks empty: no pixel is set')
  expect(text).not.toContain('full_frame')
  const links = screen.getAllByRole('link').map(link => link.getAttribute('href'))
  expect(links).toEqual(['/?dataset=BTCV&flag=missing', '/?dataset=BTCV&flag=mask_empty'])
})

test('what was not measured is counted apart, and is no defect', () => {
  flags({
    what: 'pixels',
    source: '/release',
    quality: [],
    notMeasured: [
      { dataset: 'BTCV', of: 'image', flag: 'not_measured_limit', n: 2 },
      { dataset: 'BTCV', of: 'mask', flag: 'not_measured_link', n: 1 },
      { dataset: 'ACDC', of: 'mask', flag: 'not_measured_link', n: 5 },
    ],
  })
  expect(screen.getByText('No image and no mask is flagged.')).toBeTruthy()
  const text = screen.getByTestId('not-measured').textContent
  expect(text).toContain('Not measured, which is no defect')
  expect(text).toContain('2 images not_measured_limit: the file or the picture is larger')
  expect(text).not.toContain('5 masks')
  expect(screen.getAllByRole('link').map(link => link.getAttribute('href'))).toEqual([
    '/?dataset=BTCV&flag=not_measured',
    '/?dataset=BTCV&flag=mask_not_measured',
  ])
})

test('without flags it says what was looked at, and nothing before', () => {
  expect(flags()).toBeUndefined()
  const measured = { source: '/release', quality: [] }
  expect(flags({ what: 'pixels', ...measured })).toContain('No image and no mask is flagged')
  cleanup()
  expect(flags({ what: 'sizes', ...measured })).toContain('only image sizes were read')
})

test('equal images of a dataset lead to them, in whichever place it is named', () => {
  engine.state = {
    manifest: {
      duplicates: {
        groups: 3,
        images: 9,
        overlaps: [
          { a: 'ACDC', b: 'BTCV', groups: 2, imagesA: 3, imagesB: 4 },
          { a: 'BTCV', b: 'BTCV', groups: 1, imagesA: 2, imagesB: 2 },
          { a: 'WORD', b: 'WORD', groups: 1, imagesA: 2, imagesB: 2 },
        ],
      },
    },
  }
  render(<EqualImages name="BTCV" />)
  const [across, within] = screen.getAllByRole('listitem')
  expect(across?.textContent).toContain('4 images equal 3 images of ACDC')
  expect(within?.textContent).toContain(
    '2 images appear more than once in this dataset (1 picture)',
  )
  expect(screen.getAllByRole('link')[0]?.getAttribute('href')).toBe(
    '/?dataset=BTCV&flag=duplicate_across_datasets',
  )
})
