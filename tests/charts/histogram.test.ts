import { describe, expect, test } from 'vitest'
import { AREA_TICKS, ASPECT_TICKS, MASK_COUNT_TICKS } from '../../lib/charts/bin-ticks'
import { DARK, LIGHT } from '../../lib/charts/colors'
import { type HistogramOptions, histogram } from '../../lib/charts/histogram'
import { RANGE_VALUES } from '../../lib/filter/range-bins'
import { bars, draw } from './draw'

const bins = RANGE_VALUES.area.map(value => ({ value, name: `[${value}]` }))
const all = bins.map((_, bin) => (bin === 0 ? 0 : 10 ** (bin % 5)))
const options: HistogramOptions = {
  theme: LIGHT,
  scale: 'linear',
  unit: 'masks',
  noun: 'share of the image',
  ticks: AREA_TICKS,
  picked: null,
}

test('every bin has its place, in order, its filtered count before the unfiltered one', async () => {
  const counts = all.map((n, bin) => (bin === 5 ? 0 : n))
  const chart = histogram(bins, counts, all, options)
  expect(chart.rows.map(row => row.value)).toEqual(RANGE_VALUES.area)
  expect(chart.rows[5]).toMatchObject({ count: 0, allCount: 1, name: `[${bins[5]?.value}]` })
  // 21 bins are not empty: 20 bars, and a ghost for the one that the filter empties.
  expect(bars(await draw(chart))).toHaveLength(21)
})

test('the axis names powers of ten in percent', async () => {
  const svg = await draw(histogram(bins, all, all, options))
  for (const text of ['0.001%', '0.01%', '0.1%', '1%', '10%', '100%', 'share of the image'])
    expect(svg).toContain(`>${text}<`)
})

test('bins outside a range fade, cut ones less, and the spec stays', () => {
  const chart = histogram(bins, all, all, { ...options, picked: { first: 3, last: 4, cut: [4] } })
  const [before, whole, cut, after] = chart.rows.slice(2, 6).map(row => row.opacity)
  expect(whole).toBe(1)
  expect(cut).toBeGreaterThan(before ?? 1)
  expect(cut).toBeLessThan(1)
  expect(after).toBe(before)
  expect(chart.spec).toEqual(histogram(bins, [], all, options).spec)
})

describe.each(['linear', 'log'] as const)('%s', scale => {
  test.each([
    ['masks', MASK_COUNT_TICKS, '101+'],
    ['aspect', ASPECT_TICKS, '1.43'],
  ] as const)('%s are drawn', async (name, ticks, text) => {
    const named = RANGE_VALUES[name].map(value => ({ value, name: value }))
    const counts = named.map((_, bin) => bin * 1000)
    const picked = { ...options, scale, ticks, theme: DARK, unit: 'images' as const }
    const svg = await draw(histogram(named, counts, counts, picked), 320)
    expect(svg).toContain(`>${text}<`)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('nothing at all is drawn without a warning', async () => {
    expect(bars(await draw(histogram(bins, [], [], { ...options, scale })))).toHaveLength(0)
  })
})
