import { describe, expect, test } from 'vitest'
import { LIGHT } from '../../lib/charts/colors'
import { countBars } from '../../lib/charts/count-bars'
import { bars, draw } from './draw'

const all = [
  { value: 'CT', images: 2338753, masks: 12547037 },
  { value: 'MR', images: 2217633, masks: 7147784 },
  { value: 'PET', images: 11956, masks: 14129 },
]

describe('count bars', () => {
  const options = { theme: LIGHT, scale: 'log', compact: false } as const

  test('every value keeps its row and its unfiltered total when the filter leaves nothing of it', () => {
    const { rows } = countBars([{ value: 'MR', images: 5, masks: 7 }], all, options)
    expect(rows.map(row => [row.value, row.images, row.allImages])).toEqual([
      ['CT', 0, 2338753],
      ['MR', 5, 2217633],
      ['PET', 0, 11956],
    ])
  })

  test('the picked value stays, the others fade, an excluded one most', async () => {
    const chart = countBars(all, all, { ...options, picked: ['PET'], excluded: ['CT'] })
    const [ct, mr, pet] = chart.rows.map(row => row.opacity)
    expect(pet).toBe(1)
    expect(mr).toBeLessThan(0.5)
    expect(ct).toBeLessThan(mr ?? 0)
    const svg = await draw(chart)
    expect(svg).toMatch(/font-weight="700"[^>]*>PET</)
    expect(svg).toMatch(/font-weight="400"[^>]*>MR</)
  })

  test('a filter changes rows only, so that the picture is not built anew', () => {
    const few = [{ value: 'MR', images: 5, masks: 7 }]
    const filtered = countBars(few, all, { ...options, picked: ['MR'], excluded: ['CT'] })
    expect(filtered.spec).toEqual(countBars(all, all, options).spec)
  })

  test('of many values the first are drawn, and those that a filter names', () => {
    const many = { ...options, limit: 1 }
    const shown = (marked: object) =>
      countBars(all, all, { ...many, ...marked }).rows.map(row => row.value)
    expect(shown({})).toEqual(['CT'])
    expect(shown({ picked: ['PET'] })).toEqual(['CT', 'PET'])
    expect(shown({ excluded: ['MR'] })).toEqual(['CT', 'MR'])
    expect(shown({ limit: 3 })).toHaveLength(3)
  })

  test('the axis keeps room between its numbers, and zero is 0', async () => {
    const powers = ['1', '10', '100', '1k', '10k', '100k', '1M', '10M']
    const shown = (svg: string) =>
      [...svg.matchAll(/<text text-anchor="[a-z]+"[^>]*>([^<]*)</g)]
        .filter(([text]) => !text.includes('opacity="0"'))
        .map(([, text]) => text)
        .filter(text => text && /^[0-9]+[kMB]?$/.test(text))
    expect(shown(await draw(countBars(all, all, options), 900))).toEqual(powers)
    const narrow = shown(await draw(countBars(all, all, options), 400))
    expect(narrow.length).toBeLessThan(powers.length)
    expect(narrow.length).toBeGreaterThan(1)
    const linear = shown(await draw(countBars(all, all, { ...options, scale: 'linear' }), 900))
    expect(linear[0]).toBe('0')
  })

  test.each(['linear', 'log'] as const)('draws on a %s scale, with its numbers', async scale => {
    const svg = await draw(countBars(all, all, { ...options, scale }))
    for (const text of ['CT', '2,338,753', '12,547,037', 'PET', '11,956'])
      expect(svg).toContain(text)
    // Images and masks; ghosts only where a filter takes something away.
    expect(bars(svg)).toHaveLength(6)
    const filtered = all.map(row => (row.value === 'CT' ? { ...row, images: 9 } : row))
    expect(bars(await draw(countBars(filtered, all, { ...options, scale })))).toHaveLength(7)
  })

  test('zero has no bar on a logarithmic scale, and does not break it', async () => {
    const svg = await draw(countBars([], all, options))
    expect(bars(svg)).toHaveLength(6)
    expect(svg).not.toMatch(/NaN|Infinity/)
  })

  test('abbreviates where there is no room', async () => {
    const svg = await draw(countBars(all, all, { ...options, compact: true }), 300)
    expect(svg).toContain('2.34M')
    expect(svg).not.toContain('2,338,753<')
  })

  test('names that look like markup or expressions are text', async () => {
    const value = '<b>&"datum.x'
    const svg = await draw(
      countBars([{ value, images: 1, masks: 1 }], [{ value, images: 1, masks: 1 }], options),
    )
    expect(svg).toContain('&lt;b&gt;&amp;')
    expect(svg).not.toContain('<b>')
  })
})
