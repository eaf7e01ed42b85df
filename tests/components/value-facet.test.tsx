// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ValueFacet } from '../../components/facets/value-facet'
import type { FacetCount } from '../../lib/manifest/manifest'

const all: FacetCount[] = Array.from({ length: 20 }, (_, i) => ({
  value: `organ ${String(i).padStart(2, '0')}`,
  images: 1000 - i,
  masks: 5000 - i,
}))

const SETS: FacetCount[] = [
  { value: 'set 1', images: 1, masks: 1 },
  { value: 'Set 2', images: 2, masks: 2 },
  { value: 'set 10', images: 3, masks: 3 },
]

const SIDES: FacetCount[] = [
  { value: 'left', images: 3, masks: 3 },
  { value: 'none', images: 4, masks: 4 },
]

const show = (rows: FacetCount[], picked: string[] = [], excluded: string[] = []) =>
  render(
    <ValueFacet
      name="organ"
      title="Organ"
      rows={rows}
      all={all}
      picked={picked}
      excluded={excluded}
      pending={false}
    />,
  )

beforeEach(() => window.history.replaceState(null, '', '/'))
afterEach(cleanup)

test('values show their crossfiltered counts, in the order of the unfiltered ones', () => {
  show([
    { value: 'organ 03', images: 900, masks: 1 },
    { value: 'organ 01', images: 5, masks: 9 },
  ])
  expect(screen.getAllByRole('checkbox').map(box => box.getAttribute('aria-label'))).toEqual([
    'organ 01: 5 images, 9 masks',
    'organ 03: 900 images, 1 mask',
  ])
})

test('values without images hide, unless they are picked', () => {
  show([{ value: 'organ 03', images: 1, masks: 1 }], ['organ 07'])
  expect(screen.getAllByRole('checkbox')).toHaveLength(2)
  expect(screen.getByRole('checkbox', { name: /organ 07: 0 images/ })).toHaveProperty(
    'checked',
    true,
  )
})

test('what is searched for is answered, even if the answer is 0', () => {
  show([])
  expect(screen.queryByRole('checkbox')).toBeNull()
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'organ 07' } })
  expect(screen.getByRole('checkbox', { name: /organ 07: 0 images/ })).toBeTruthy()
})

test('a long list is cut, can be shown whole, and searched', () => {
  const { container } = show(all)
  expect(screen.getAllByRole('checkbox')).toHaveLength(10)
  fireEvent.click(screen.getByRole('button', { name: 'Show all 20' }))
  expect(screen.getAllByRole('checkbox')).toHaveLength(20)
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '1 ORGAN' } })
  expect(screen.getAllByRole('checkbox')).toHaveLength(11)
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nothing' } })
  expect(within(container).getByText('No value matches “nothing”.')).toBeTruthy()
})

test('values can be sorted by name, numbers in them as numbers', () => {
  render(
    <ValueFacet
      name="dataset"
      title="Dataset"
      rows={SETS}
      all={SETS}
      picked={[]}
      excluded={[]}
      pending={false}
    />,
  )
  const names = () =>
    screen.getAllByRole('checkbox').map(box => box.getAttribute('aria-label')?.split(':')[0])
  expect(names()).toEqual(['set 10', 'Set 2', 'set 1'])
  fireEvent.click(screen.getByRole('button', { name: 'Dataset: sorted by count' }))
  expect(names()).toEqual(['set 1', 'Set 2', 'set 10'])
})

test('values that are no words read as such', () => {
  render(
    <ValueFacet
      name="side"
      title="Side"
      rows={SIDES}
      all={SIDES}
      picked={['none']}
      excluded={[]}
      pending={false}
    />,
  )
  expect(
    screen.getByRole('checkbox', { name: 'side not given: 4 images, 4 masks' }),
  ).toHaveProperty('checked', true)
})

test('ticking changes the address, and nothing else of it', () => {
  window.history.replaceState(null, '', '/?modality=CT&scale=log')
  show(all)
  fireEvent.click(screen.getByRole('checkbox', { name: /organ 02/ }))
  expect(window.location.search).toBe('?modality=CT&organ=organ+02&scale=log')
  fireEvent.click(screen.getByRole('checkbox', { name: /organ 02/ }))
  expect(window.location.search).toBe('?modality=CT&scale=log')
})

test('leaving a value out changes the address; a chosen value is never behind "Show all"', () => {
  show(all, ['organ 18'], ['organ 19'])
  expect(screen.getAllByRole('checkbox')).toHaveLength(12)
  fireEvent.click(screen.getByRole('button', { name: 'Exclude organ 03' }))
  expect(window.location.search).toBe('?organ=!organ+03')
  expect(
    screen.getByRole('button', { name: 'Exclude organ 19' }).getAttribute('aria-pressed'),
  ).toBe('true')
})

test('flags read as words, and say what they mean', () => {
  const flags = [
    { value: 'mask_empty', images: 2, masks: 9 },
    { value: 'none', images: 4, masks: 4 },
  ]
  render(
    <ValueFacet
      name="flag"
      title="Flag"
      rows={flags}
      all={flags}
      picked={[]}
      excluded={[]}
      pending={false}
    />,
  )
  const [none, empty] = screen.getAllByRole('checkbox')
  expect(none?.getAttribute('aria-label')).toMatch(/^No known issues: 4 images/)
  expect(empty?.getAttribute('aria-label')).toMatch(/^Empty mask: 2 images, 9 masks/)
  expect(empty?.closest('label')?.title).toContain('no pixel is set')
})
