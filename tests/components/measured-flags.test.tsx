// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { MeasuredFlags } from '../../components/pages/measured-flags'
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
    ...{ what: 'pixels', source: '/release' },
    quality: [
      { dataset: 'ACDC', of: 'mask', flag: 'full_frame', n: 9 },
      { dataset: 'BTCV', of: 'image', flag: 'missing', n: 1 },
      { dataset: 'BTCV', of: 'mask', flag: 'empty', n: 1200 },
    ],
  })
  expect(text).toContain('1 image missing the file is not there')
  expect(text).toContain('1,200 masks empty no pixel is set')
  expect(text).not.toContain('full_frame')
})

test('without flags it says what was looked at, and nothing before', () => {
  expect(flags()).toBeUndefined()
  const measured = { source: '/release', quality: [] }
  expect(flags({ what: 'pixels', ...measured })).toContain('No image and no mask is flagged')
  cleanup()
  expect(flags({ what: 'sizes', ...measured })).toContain('only their sizes were read')
})
