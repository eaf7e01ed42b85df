// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { rangeText } from '../../components/facets/range-text'
import { Chips } from '../../components/filter-page/chips'
import type { RangeFacetName } from '../../lib/filter/facets'
import { parseFilter } from '../../lib/filter/query-string'
import { rangeOfBins } from '../../lib/filter/range-bins'

function show(query: string) {
  window.history.replaceState(null, '', `/?${query}`)
  render(<Chips filter={parseFilter(query).filter} />)
}

afterEach(cleanup)

const texts = () => screen.getAllByRole('listitem').map(item => item.textContent)
const remove = (what: string) =>
  fireEvent.click(screen.getByRole('button', { name: `Remove ${what}` }))

test('values, values left out, sides and ranges are chips to remove', () => {
  show('modality=CT,!MR&side=none&lesion=1&width=200..511')
  expect(texts()).toEqual([
    'Modality: CT',
    'Modality: not MR',
    'Side: not given',
    'Lesion: yes',
    'Width 200–511 px',
    'Clear all',
  ])
  remove('Modality: not MR')
  expect(window.location.search).toBe('?modality=CT&side=none&lesion=1&width=200..511')
  remove('Width 200–511 px')
  expect(window.location.search).toBe('?modality=CT&side=none&lesion=1')
})

test('an axis is named by the datasets of the filter, or by its other word', () => {
  show('axis=coronal,!x')
  expect(texts()).toEqual(['Axis: y · coronal', 'Axis: not x · axial', 'Clear all'])
  remove('Axis: y · coronal')
  expect(window.location.search).toBe('?axis=!x')
  cleanup()
  show('dataset=ACDC&axis=x')
  expect(texts()).toContain('Axis: x · short-axis')
  cleanup()
  show('dataset=KiTS&axis=x,2d')
  expect(texts()).toEqual(['Dataset: KiTS', 'Axis: 2d', 'Axis: x', 'Clear all'])
})

test('of values that an image must have all of, each can go, and the others stay', () => {
  show('label.all=liver,pancreas,spleen,!union_liver_tumor')
  expect(texts()).toEqual([
    'Label, all of:liverandpancreasandspleen',
    'Label: not union_liver_tumor',
    'Clear all',
  ])
  remove('Label: pancreas')
  expect(window.location.search).toBe('?label.all=liver,spleen,!union_liver_tumor')
})

test.each([
  ['width', { min: 200, max: 511 }, '200–511 px'],
  ['width', { min: 1024 }, 'at least 1,024 px'],
  ['height', { max: 511 }, 'at most 511 px'],
  ['masks', { min: 3, max: 3 }, '3'],
  ['masks', { max: 0 }, '0'],
  ['aspect', { min: 0.123456 }, 'at least 0.1235'],
  ['aspect', rangeOfBins('aspect', 8, 8), 'square'],
  ['aspect', rangeOfBins('aspect', 9, 9), '1.0001–1.11'],
  ['area', rangeOfBins('area', 13, 16), '1%–10%'],
  ['area', rangeOfBins('area', 0, 12), 'below 1%'],
  ['area', rangeOfBins('area', 21, 21), '100%'],
  ['area', { min: 0.01, max: 0.2 }, '1%–20%'],
  ['area', { max: 0.123456 }, 'at most 12.35%'],
] as const)('%s %o reads %s', (name: RangeFacetName, range, text) => {
  expect(rangeText(name, range)).toBe(text)
})

test.each([
  ['area=0..1', 'Mask area 0%–100%, measured masks only, merged masks left out'],
  ['area=0.01..0.2', 'Mask area 1%–20%, merged masks left out'],
  ['union=0,1&area=..1', 'Mask area at most 100%, measured masks only'],
  ['label=union_liver_tumor&area=0.01..', 'Mask area at least 1%'],
])('a range of areas says what it leaves out: %s', (query, text) => {
  show(query)
  expect(texts()).toContain(text)
})

test('the exact bounds are in the title', () => {
  show('area=0.01..0.09999999999999999')
  const chip = screen.getByRole('button', { name: 'Remove Mask area 1%–10%' })
  expect(chip.title).toBe('Mask area, share of the image: 0.01..0.09999999999999999')
})
