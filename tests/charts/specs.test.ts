import { describe, expect, test } from 'vitest'
import { DARK, LIGHT } from '../../lib/charts/colors'
import { countBars } from '../../lib/charts/count-bars'
import { labelRanks, rankLabels } from '../../lib/charts/label-ranks'
import { masksPerImage } from '../../lib/charts/masks-per-image'
import { bars, draw, points } from './draw'

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

  test('values that are not picked fade', () => {
    const { rows } = countBars(all, all, { ...options, picked: ['PET'] })
    expect(rows.map(row => row.opacity)).toEqual([0.35, 0.35, 1])
  })

  test.each(['linear', 'log'] as const)('draws on a %s scale, with its numbers', async scale => {
    const svg = await draw(countBars(all, all, { ...options, scale }))
    for (const text of ['CT', '2,338,753', '12,547,037', 'PET', '11,956'])
      expect(svg).toContain(text)
    // Ghosts and marks: four bars a value.
    expect(bars(svg)).toHaveLength(12)
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

test('masks per image: every bin has its place, in order', async () => {
  const chart = masksPerImage(
    [{ value: '2', images: 3, masks: 6 }],
    [{ value: '2', images: 9, masks: 18 }],
    DARK,
    'linear',
  )
  expect(chart.rows.slice(0, 4).map(row => [row.value, row.images, row.allImages])).toEqual([
    ['0', 0, 0],
    ['1', 0, 0],
    ['2', 3, 9],
    ['3', 0, 0],
  ])
  expect(chart.rows.at(-1)?.value).toBe('101 or more')
  expect(await draw(chart)).toContain('masks per image')
})

describe('label ranks', () => {
  const labels = [
    { value: 'liver', images: 4, masks: 5 },
    { value: 'aorta', images: 5, masks: 5 },
    { value: 'gone', images: 0, masks: 0 },
    { value: 'kidney', images: 2, masks: 9 },
  ]

  test('most masks first, ties by name, labels without masks left out', () => {
    expect(rankLabels(labels).map(row => [row.rank, row.value])).toEqual([
      [1, 'kidney'],
      [2, 'aorta'],
      [3, 'liver'],
    ])
  })

  test('draws a point for images and masks of each label, and a ring around the picked one', async () => {
    const svg = await draw(labelRanks(labels, labels, ['liver'], LIGHT))
    expect(points(svg)).toHaveLength(7)
  })
})
