import { expect, test } from 'vitest'
import { caseBars, perCase } from '../../lib/charts/case-bars'
import { LIGHT } from '../../lib/charts/colors'
import { bars, draw } from './draw'

const all = [
  { value: 'TotalSegmentator', images: 1200000, masks: 9 },
  { value: 'ISIC', images: 2000, masks: 9 },
]
const allCases = new Map([
  ['TotalSegmentator', 1204],
  ['ISIC', 2000],
])
const options = { theme: LIGHT, scale: 'log', compact: false } as const

test('cases of each dataset, and slices per case to a tenth', async () => {
  const cases = new Map([['TotalSegmentator', 7]])
  const rows = [{ value: 'TotalSegmentator', images: 1000, masks: 1 }]
  const chart = caseBars(rows, all, cases, allCases, options)
  expect(chart.rows.map(row => [row.casesText, row.slicesText, row.allCases])).toEqual([
    ['7', '142.9', 1204],
    ['0', '—', 2000],
  ])
  const svg = await draw(chart)
  expect(svg).toContain('>142.9<')
  // A bar, and two ghosts.
  expect(bars(svg)).toHaveLength(3)
})

test('until cases are counted there are dashes, in the same places', async () => {
  const waiting = caseBars(all, all, null, allCases, options)
  expect(waiting.rows.map(row => row.casesText)).toEqual(['—', '—'])
  expect(waiting.spec).toEqual(caseBars(all, all, allCases, allCases, options).spec)
  expect(await draw(caseBars(all, all, null, null, options))).not.toMatch(/NaN|null|Infinity/)
})

test('images per case', () => {
  expect(perCase(2000, 2000)).toBe('1')
  expect(perCase(1, 3)).toBe('0.3')
  expect(perCase(0, 0)).toBe('—')
  expect(perCase(5, null)).toBe('—')
})
