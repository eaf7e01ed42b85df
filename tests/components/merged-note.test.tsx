// @vitest-environment happy-dom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { MergedNote } from '../../components/facets/merged-note'
import { parseFilter } from '../../lib/filter/query-string'

const names = { labels: [{ is_union: false }, { is_union: true }] }
vi.mock('../../components/engine-provider', () => ({ useNames: () => names }))
afterEach(() => {
  cleanup()
  names.labels = [{ is_union: false }, { is_union: true }]
})

const note = (query: string) =>
  render(<MergedNote filter={parseFilter(query).filter} />).container.textContent

test.each([
  ['', 'Merged masks are not counted here'],
  ['modality=CT&organ=Liver&area=0..1', 'Merged masks are not counted here'],
  ['label=!union_liver_tumor', 'Merged masks are not counted here'],
  ['label=liver,union_liver_tumor', 'Only the selected merged masks are counted here'],
  ['union=0,1&organ=Liver', ''],
  ['union=!1', ''],
])('under "%s" the page says "%s"', (query, text) => {
  expect(note(query)).toBe(text)
})

test('a manifest without merged masks says nothing of them', () => {
  names.labels = [{ is_union: false }]
  expect(note('')).toBe('')
})
