// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { labelTree } from '../../components/facets/facet-tree'
import type { TreeCounts } from '../../components/facets/tree-counts'
import { TreeFacet } from '../../components/facets/tree-facet'
import type { Filter } from '../../lib/filter/filter'
import { parseFilter } from '../../lib/filter/query-string'

const LABELS = labelTree([
  { region: 'Abdomen', organ: 'Liver', label: 'liver' },
  { region: 'Abdomen', organ: 'Liver', label: 'liver_tumor' },
  { region: 'Abdomen', organ: 'Kidney', label: 'kidney_left' },
  { region: 'Abdomen', organ: null, label: 'portal_vein' },
  { region: 'Thorax', organ: 'Lung', label: 'tumor' },
  { region: null, organ: null, label: 'tumor' },
])

const count = (value: string, images: number) => ({ value, images, masks: 2 * images })

const ALL: TreeCounts = {
  region: [count('Abdomen', 60), count('Thorax', 40), count('Unassigned', 5)],
  organ: [count('Kidney', 20), count('Liver', 50), count('Lung', 40), count('Unassigned', 9)],
  label: ['liver', 'liver_tumor', 'kidney_left', 'portal_vein', 'tumor'].map((value, i) =>
    count(value, 50 - i),
  ),
}

function show(query = '', counts = ALL) {
  window.history.replaceState(null, '', query === '' ? '/' : `/?${query}`)
  const facet = (filter: Filter) => (
    <TreeFacet
      names={['region', 'organ', 'label']}
      title="Region, organ, label"
      searched="region, organ or label"
      inside="organs"
      nodes={LABELS}
      counts={counts}
      all={ALL}
      filter={filter}
      pending={false}
    />
  )
  const { rerender } = render(facet(parseFilter(query).filter))
  return { follow: () => rerender(facet(parseFilter(window.location.search).filter)) }
}

beforeEach(() => window.history.replaceState(null, '', '/'))
afterEach(cleanup)

/** The regions, and the organ of the labels that have none. */
const ROOTS = ['Abdomen', 'Thorax', 'Unassigned', 'Unassigned']

const names = () =>
  screen.getAllByRole('checkbox').map(box => box.getAttribute('aria-label')?.split(':')[0])
const box = (name: string) => screen.getByRole('checkbox', { name: new RegExp(`^${name}:`) })
const fold = (name: string) => screen.getByRole('button', { name: `Inside ${name}` })
const search = (value: string) =>
  fireEvent.change(screen.getByRole('searchbox'), { target: { value } })

test('a region opens to its organs, then to the labels without one; organs to their labels', () => {
  show()
  expect(names()).toEqual(ROOTS)
  expect(fold('Abdomen').getAttribute('aria-expanded')).toBe('false')
  fireEvent.click(fold('Abdomen'))
  expect(fold('Abdomen').getAttribute('aria-expanded')).toBe('true')
  expect(names()).toEqual(['Abdomen', 'Liver', 'Kidney', 'portal_vein', ...ROOTS.slice(1)])
  fireEvent.click(fold('Liver'))
  expect(names().slice(1, 4)).toEqual(['Liver', 'liver', 'liver_tumor'])
  fireEvent.click(fold('Abdomen'))
  expect(names()).toEqual(ROOTS)
})

test('each level ticks and excludes values of its own facet', () => {
  show()
  fireEvent.click(box('Abdomen'))
  expect(window.location.search).toBe('?region=Abdomen')
  search('liver')
  fireEvent.click(box('Liver'))
  fireEvent.click(box('liver_tumor'))
  fireEvent.click(screen.getByRole('button', { name: 'Exclude liver' }))
  expect(window.location.search).toBe('?organ=Liver&label=liver_tumor,!liver&region=Abdomen')
})

test('what the filter names is open, unless it is closed by hand', () => {
  show('label=kidney_left&organ=!Lung')
  expect(names()).toEqual([
    'Abdomen',
    'Liver',
    'Kidney',
    'kidney_left',
    'portal_vein',
    'Thorax',
    'Lung',
    'Unassigned',
    'Unassigned',
  ])
  fireEvent.click(fold('Abdomen'))
  expect(names()).toEqual(['Abdomen', 'Thorax', 'Lung', 'Unassigned', 'Unassigned'])
})

test('a search finds organs and labels at any depth, words in any order', () => {
  show()
  search('LEFT kid')
  expect(names()).toEqual(['Abdomen', 'Kidney', 'kidney_left'])
  search('tumor')
  expect(names()).toEqual([
    'Abdomen',
    'Liver',
    'liver_tumor',
    'Thorax',
    'Lung',
    'tumor',
    'Unassigned',
    'tumor',
  ])
  search('Abdomen')
  expect(names()).toEqual(['Abdomen'])
  fireEvent.click(fold('Abdomen'))
  expect(names()).toEqual(['Abdomen', 'Liver', 'Kidney', 'portal_vein'])
  search('nothing')
  expect(screen.getByText('No value matches “nothing”.')).toBeTruthy()
  search('')
  expect(names()).toEqual(ROOTS)
})

test('nodes without images hide, unless they are chosen; what leads to others has nothing to tick', () => {
  show('organ=Kidney', { ...ALL, region: [], organ: [count('Liver', 3)], label: [] })
  expect(names()).toEqual(['Liver', 'Kidney'])
  expect(box('Kidney').getAttribute('aria-label')).toBe('Kidney: 0 images, 0 masks')
  fireEvent.click(fold('Abdomen'))
  expect(screen.queryAllByRole('checkbox')).toEqual([])
  expect(screen.getByText('Abdomen')).toBeTruthy()
})

test('what is searched for is answered, even if the answer is 0', () => {
  show('', { ...ALL, region: [], organ: [count('Liver', 3)], label: [] })
  search('lung')
  expect(names()).toEqual(['Lung'])
  expect(box('Lung').getAttribute('aria-label')).toBe('Lung: 0 images, 0 masks')
})

test('the one organ "Unassigned" of all regions is in none of them', () => {
  show('', { ...ALL, region: [count('Abdomen', 9)], organ: [count('Unassigned', 9)], label: [] })
  expect(screen.getAllByRole('checkbox').map(one => one.getAttribute('aria-label'))).toEqual([
    'Abdomen: 9 images, 18 masks',
    'Unassigned: 9 images, 18 masks (organ)',
  ])
  fireEvent.click(box('Unassigned'))
  expect(window.location.search).toBe('?organ=Unassigned')
})

test('each level can be sorted by name', () => {
  show()
  fireEvent.click(screen.getByRole('button', { name: 'Show all organs' }))
  fireEvent.click(screen.getByRole('button', { name: /sorted by count/ }))
  expect(names()).toEqual([
    'Abdomen',
    'Kidney',
    'Liver',
    'portal_vein',
    'Thorax',
    'Lung',
    'Unassigned',
    'tumor',
    'Unassigned',
  ])
})

test('arrow keys go through the tree, open and close it', () => {
  show()
  const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key })
  const focused = () => document.activeElement?.getAttribute('aria-label')?.split(':')[0]
  box('Abdomen').focus()
  press('ArrowRight')
  expect(fold('Abdomen').getAttribute('aria-expanded')).toBe('true')
  press('ArrowRight')
  expect(focused()).toBe('Liver')
  press('ArrowDown')
  expect(focused()).toBe('Kidney')
  press('ArrowLeft')
  expect(focused()).toBe('Abdomen')
  press('ArrowLeft')
  expect(fold('Abdomen').getAttribute('aria-expanded')).toBe('false')
})

test('arrow keys go over headings too', () => {
  show('', { ...ALL, region: [count('Thorax', 1)], label: [] })
  const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key })
  box('Thorax').focus()
  press('ArrowUp')
  expect(document.activeElement).toBe(fold('Abdomen'))
  press('ArrowRight')
  expect(names().slice(0, 2)).toEqual(['Liver', 'Kidney'])
  press('ArrowRight')
  expect(document.activeElement).toBe(box('Liver'))
  press('ArrowLeft')
  expect(document.activeElement).toBe(fold('Abdomen'))
})

test('from two ticked values on, images can be asked for all of them', () => {
  const { follow } = show('label=liver')
  expect(screen.queryByRole('radio')).toBeNull()
  fireEvent.click(box('Abdomen'))
  fireEvent.click(fold('Liver'))
  fireEvent.click(fold('Liver'))
  fireEvent.click(box('liver_tumor'))
  follow()
  fireEvent.click(screen.getByRole('radio', { name: 'all of them in one image' }))
  expect(window.location.search).toBe('?label.all=liver,liver_tumor&region=Abdomen')
  follow()
  fireEvent.click(box('liver_tumor'))
  follow()
  expect(window.location.search).toBe('?label.all=liver&region=Abdomen')
  fireEvent.click(screen.getByRole('radio', { name: 'any of them' }))
  expect(window.location.search).toBe('?label=liver&region=Abdomen')
})
