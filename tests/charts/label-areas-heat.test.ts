import { expect, test } from 'vitest'
import { DARK, LIGHT } from '../../lib/charts/colors'
import { labelAreasHeat, labelOfCell } from '../../lib/charts/label-areas-heat'
import { RANGE_VALUES } from '../../lib/filter/range-bins'
import { bars, draw } from './draw'

const bins = RANGE_VALUES.area.map(value => ({ value, name: `${value} of it` }))
const areasOf = (counts: Record<number, number>) => bins.map((_, bin) => counts[bin] ?? 0)
const labels = [
  { label: 'liver', areas: areasOf({ 18: 1_200_000, 19: 30 }) },
  { label: 'gall bladder', areas: areasOf({ 12: 40 }) },
]
const plain = { theme: LIGHT, compact: false, range: null }

test('a row a label, a column a bin, holes too', () => {
  const { rows } = labelAreasHeat(labels, bins, plain)
  expect(rows).toHaveLength(2 * bins.length)
  expect(rows[18]).toMatchObject({ label: 'liver', count: 1_200_000, picked: false, opacity: 1 })
  expect(labelOfCell(rows[bins.length]!.value)).toBe('gall bladder')
  expect(new Set(rows.map(row => row.value)).size).toBe(rows.length)
})

test('a picked label has an outline, others and bins out of the range fade; the spec stays', async () => {
  const range = { first: 18, last: 18, cut: [] }
  const chart = labelAreasHeat(labels, bins, { ...plain, picked: ['liver'], range })
  expect(chart.rows.filter(row => row.outlined)).toHaveLength(1)
  expect(chart.rows.filter(row => row.opacity === 1).map(row => row.label)).toEqual(['liver'])
  expect(chart.spec).toEqual(labelAreasHeat(labels, bins, plain).spec)
  // All cells, and the outline.
  expect(bars(await draw(chart))).toHaveLength(2 * bins.length + 1)
})

test.each([LIGHT, DARK])('is drawn with names, shares and a logarithmic legend', async theme => {
  const svg = await draw(labelAreasHeat(labels, bins, { ...plain, theme }))
  for (const text of ['liver', 'gall bladder', '1%', '100%', 'masks, logarithmic'])
    expect(svg).toContain(`>${text}<`)
  expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  expect(await draw(labelAreasHeat([], bins, { ...plain, theme }))).not.toMatch(/NaN|undefined/)
})
