// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { RangeFacet } from '../../components/facets/range-facet'
import type { Range } from '../../lib/filter/filter'
import { RANGE_VALUES } from '../../lib/filter/range-bins'

const bins = RANGE_VALUES.width.map((_, bin) => bin)

const show = (range: Range | undefined, unmeasured = 0) =>
  render(
    <RangeFacet
      name="width"
      range={range}
      bins={bins}
      all={bins}
      unmeasured={unmeasured}
      pending={false}
    />,
  )

beforeEach(() => window.history.replaceState(null, '', '/?modality=CT'))
afterEach(cleanup)

const field = (label: string) => screen.getByPlaceholderText(label)
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } })

test('going from one bound to the other applies nothing; leaving both applies both', () => {
  show(undefined)
  type('at least', '200')
  fireEvent.blur(field('at least'), { relatedTarget: field('at most') })
  expect(window.location.search).toBe('?modality=CT')
  type('at most', '511')
  fireEvent.blur(field('at most'), { relatedTarget: document.body })
  expect(window.location.search).toBe('?modality=CT&width=200..511')
})

test('what is no range is said, and changes nothing', () => {
  show(undefined)
  type('at least', '9')
  type('at most', '1')
  fireEvent.submit(field('at most'))
  expect(screen.getByRole('alert').textContent).toContain('the smaller number first')
  expect(window.location.search).toBe('?modality=CT')
})

test('empty bounds drop the facet', () => {
  window.history.replaceState(null, '', '/?width=200..511')
  show({ min: 200, max: 511 })
  type('at least', '')
  type('at most', '')
  fireEvent.submit(field('at most'))
  expect(window.location.search).toBe('')
})

test('images that are in no bin are named', () => {
  show(undefined, 1234)
  expect(screen.getByText('1,234 not measured')).toBeTruthy()
})

test('areas are typed in percent, and are shares in the address', () => {
  window.history.replaceState(null, '', '/?area=0.01..0.09999999999999999')
  render(
    <RangeFacet
      name="area"
      range={{ min: 0.01, max: 0.09999999999999999 }}
      bins={RANGE_VALUES.area.map(() => 1)}
      all={RANGE_VALUES.area.map(() => 1)}
      unmeasured={0}
      pending={false}
    />,
  )
  const atLeast = screen.getByRole<HTMLInputElement>('textbox', {
    name: 'Mask area, at least, % of the image',
  })
  expect(atLeast.value).toBe('1')
  fireEvent.submit(atLeast)
  expect(window.location.search).toBe('?area=0.01..0.09999999999999999')
  // What is not touched keeps its digits.
  type('at least', '0.7 %')
  fireEvent.submit(atLeast)
  expect(window.location.search).toBe('?area=0.007..0.09999999999999999')
  type('at most', '20')
  fireEvent.submit(atLeast)
  expect(window.location.search).toBe('?area=0.007..0.2')
})
