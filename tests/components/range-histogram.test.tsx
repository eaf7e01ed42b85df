// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RangeHistogram } from '../../components/facets/range-histogram'
import type { RangeFacetName } from '../../lib/filter/facets'
import { parseFilter } from '../../lib/filter/query-string'
import { RANGE_VALUES } from '../../lib/filter/range-bins'
import { search, written } from './address'

afterEach(written)

/** Every bin is ten px wide. */
const BIN_PX = 10

function show(name: RangeFacetName = 'masks') {
  const bins = RANGE_VALUES[name].map((_, bin) => 100 * (bin + 1))
  const chart = () => (
    <RangeHistogram name={name} range={parseFilter(search()).filter[name]} bins={bins} all={bins} />
  )
  const { rerender } = render(chart())
  const area = screen.getByTestId(`brush-${name}`)
  area.getBoundingClientRect = () => new DOMRect(0, 0, bins.length * BIN_PX, 40)
  const pointer = (type: 'down' | 'move' | 'up' | 'cancel', bin: number) => {
    const at = { clientX: bin * BIN_PX + 4, button: 0, pointerId: 1 }
    if (type === 'down') fireEvent.pointerDown(area, at)
    if (type === 'move') fireEvent.pointerMove(area, at)
    if (type === 'up') fireEvent.pointerUp(area, at)
    if (type === 'cancel') fireEvent.pointerCancel(area, at)
    rerender(chart())
  }
  const click = (bin: number) => {
    pointer('down', bin)
    pointer('up', bin)
    fireEvent.click(area, { clientX: bin * BIN_PX + 4 })
    rerender(chart())
  }
  const press = (thumb: string, key: string) => {
    const slider = screen.getByRole('slider', { name: thumb })
    slider.focus()
    fireEvent.keyDown(slider, { key })
    rerender(chart())
  }
  return { pointer, click, press }
}

beforeEach(() => window.history.replaceState(null, '', '/?modality=CT'))
afterEach(cleanup)

test('a drag selects the bins that it crosses, either way, in one entry of the history', () => {
  const { pointer } = show()
  const entries = window.history.length
  pointer('down', 5)
  expect(search()).toBe('?modality=CT')
  for (const bin of [4, 3, 2]) pointer('move', bin)
  expect(search()).toBe('?modality=CT&masks=2..5')
  pointer('move', 8)
  pointer('up', 8)
  expect(search()).toBe('?modality=CT&masks=5..8')
  expect(window.history.length).toBe(entries + 1)
  pointer('move', 2)
  expect(search()).toBe('?modality=CT&masks=5..8')
})

test('a click selects a bin, a click on the only one none', () => {
  const { click } = show()
  click(11)
  expect(search()).toBe('?modality=CT&masks=11..15')
  click(3)
  expect(search()).toBe('?modality=CT&masks=3..3')
  click(3)
  expect(search()).toBe('?modality=CT')
})

test('the click that ends a drag picks nothing', () => {
  const { pointer, click } = show()
  pointer('down', 2)
  pointer('move', 5)
  pointer('up', 5)
  fireEvent.click(screen.getByTestId('brush-masks'), { clientX: 54 })
  expect(search()).toBe('?modality=CT&masks=2..5')
  click(5)
  expect(search()).toBe('?modality=CT&masks=5..5')
})

test('a click into a range within one bin takes the bin, the next one clears it', () => {
  window.history.replaceState(null, '', '/?width=300..310')
  const { click } = show('width')
  const bin = RANGE_VALUES.width.findIndex(value => value.startsWith('256'))
  click(bin)
  expect(search()).toMatch(/^\?width=256\.\.\d+$/)
  click(bin)
  expect(search()).toBe('')
})

test('a finger that scrolls selects nothing', () => {
  const { pointer } = show()
  pointer('down', 5)
  pointer('cancel', 5)
  pointer('move', 8)
  expect(search()).toBe('?modality=CT')
})

test('sliders move the first and the last bin, and say what is in it', () => {
  const { press } = show()
  const entries = window.history.length
  press('Masks per image, from', 'ArrowRight')
  press('Masks per image, from', 'ArrowRight')
  expect(search()).toBe('?modality=CT&masks=2..')
  expect(window.history.length).toBe(entries + 1)
  press('Masks per image, up to', 'ArrowLeft')
  expect(search()).toBe('?modality=CT&masks=2..100')
  const slider = screen.getByRole('slider', { name: 'Masks per image, up to' })
  expect(slider.getAttribute('aria-valuetext')).toBe('51–100: 1,600 images')
  press('Masks per image, from', 'Home')
  press('Masks per image, up to', 'End')
  expect(search()).toBe('?modality=CT')
})

test('keys that come before the counts add up', () => {
  show()
  const slider = screen.getByRole('slider', { name: 'Masks per image, from' })
  slider.focus()
  // The range that is shown stays as it is.
  for (const _ of [1, 2, 3]) fireEvent.keyDown(slider, { key: 'ArrowRight' })
  expect(search()).toBe('?modality=CT&masks=3..')
  expect(slider.getAttribute('aria-valuenow')).toBe('3')
})

test('the bin under the pointer is counted in words', () => {
  const { pointer } = show('area')
  pointer('move', 16)
  expect(screen.getByText('5.623%–10%: 1,700 masks')).toBeTruthy()
})
