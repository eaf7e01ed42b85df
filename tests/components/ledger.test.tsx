// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LedgerPage } from '../../components/ledger/ledger-page'
import type { LedgerSource } from '../../lib/ledger/source'
import { sourceOf } from '../ledger/sources'
import { search, written } from './address'

afterEach(written)

const engine = vi.hoisted(() => ({ state: {} as object }))
vi.mock('../../components/engine-provider', () => ({ useEngine: () => engine.state }))
vi.mock('next/navigation', () => ({
  useSearchParams: () => new URLSearchParams(window.location.search),
}))
beforeEach(() => window.history.replaceState(null, '', '/ledger'))
afterEach(cleanup)

const dataset = [
  { value: 'BTCV', images: 10, masks: 30 },
  { value: 'KiTS', images: 9, masks: 1_200 },
  { value: 'KiTS2021', images: 9, masks: 9 },
]
const label = [{ value: 'liver', images: 10, masks: 30 }]

function show(more: Partial<LedgerSource> = {}) {
  engine.state = { manifest: sourceOf({ dataset, label }, more) }
  return render(<LedgerPage />)
}

const line = (id: string) => document.getElementById(id)
const section = (id: string) => screen.getByTestId(`ledger-${id}`)

test('a line has three numbers, their differences and its reasons', () => {
  show()
  const cells = [...(line('masks')?.children ?? [])].map(cell => cell.textContent)
  expect(cells.slice(0, 7)).toEqual([
    'Masks',
    '19,762,855',
    'about 15,800,000',
    '1,239',
    'about −4,000,000',
    '−19,761,616',
    'about −15,800,000',
  ])
  expect(cells[7]).toBe('part of the release')
})

test('what is not known is a dash that says why', () => {
  show()
  const paper = line('cases')?.children[1] as HTMLElement
  expect(paper.textContent).toBe('— not known: the paper does not say')
  expect(paper.title).toBe('the paper does not say')
})

test('the search narrows names, and is kept in the address', () => {
  show()
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'kits' } })
  expect(search()).toBe('?find=kits')
  const rows = within(section('by-dataset')).getAllByRole('row').slice(1)
  expect(rows.map(row => row.children[0]?.textContent)).toEqual(['KiTS', 'KiTS2021'])
  expect(section('by-label').textContent).toContain('No name contains “kits”.')
  // Totals have no names to search.
  expect(line('images')).not.toBeNull()
})

test('only differences is in the address, and is a step back', () => {
  show()
  const before = window.history.length
  fireEvent.click(screen.getByRole('checkbox', { name: /Only differences/ }))
  expect(search()).toBe('?only=differences')
  expect(window.history.length).toBe(before + 1)
  expect(line('cases')).toBeNull()
  expect(line('dataset-BTCV')).toBeNull()
  expect(line('dataset-ACDC')).not.toBeNull()
})

test('columns of counts sort, most first', () => {
  show()
  const table = section('by-dataset')
  fireEvent.click(within(table).getByRole('button', { name: /masks/ }))
  expect(within(table).getAllByRole('row')[1]?.textContent).toContain('KiTS')
  expect(within(table).getByRole('columnheader', { name: /masks/ }).getAttribute('aria-sort')).toBe(
    'descending',
  )
})

test('rejects are counted, explained, and their file is linked', () => {
  show({ rejects: { 'not-png': 1_234 } })
  expect(section('not-accepted').textContent).toContain(
    '1,234not-png the name does not end in .png',
  )
  const link = within(section('not-accepted')).getByRole('link', { name: /rejects-/ })
  expect(link.getAttribute('href')).toBe('/manifest/rejects-0123456789abcdef.parquet')
  cleanup()
  show()
  expect(section('not-accepted').textContent).toContain('no rejected inputs')
})

test('overlaps are a matrix with a table behind it, and pairs say what was found', () => {
  const overlaps = [{ a: 'KiTS', b: 'KiTS2021', groups: 3, imagesA: 3, imagesB: 1_004 }]
  show({ duplicates: { groups: 3, images: 1_007, overlaps } })
  const cells = within(screen.getByTestId('overlap-heat')).getAllByRole('cell')
  expect(cells.flatMap(cell => cell.dataset.value ?? [])).toEqual(['3', '1004'])
  expect(screen.getByTestId('overlap-table').textContent).toContain('KiTSKiTS2021331,004')
  const found = screen.getAllByTestId('overlap-found').map(({ textContent }) => textContent)
  expect(found).toContain('Equal images: 3 of KiTS and 1,004 of KiTS2021.')
  expect(found).toHaveLength(1)
  expect(screen.getByTestId('shared-scans').textContent).toContain(
    'KiTS, KiTS2021: same images. The 300 training cases of KiTS21',
  )
})

test('without an archive nothing is said to be equal or not', () => {
  show()
  expect(section('duplicates').textContent).toContain(
    'Duplicate check needs a manifest built from the ZIP',
  )
  expect(screen.queryByTestId('overlap-heat')).toBeNull()
})
